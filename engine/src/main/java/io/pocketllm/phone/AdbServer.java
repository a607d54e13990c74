package io.pocketllm.phone;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The adb server of this computer: which phones there are, and connections to them. Safe from any
 * thread; every call makes a connection of its own.
 */
public final class AdbServer {

    /** The server answers questions about its own list at once. */
    private static final Duration QUICK = Duration.ofSeconds(10);

    /** {@code connect} and {@code pair} wait ten seconds for a peer that never answers. */
    private static final Duration NETWORK = Duration.ofSeconds(30);

    private final AdbSettings settings;

    /** A server that is started, where none listens, by the program of the settings. */
    public AdbServer(AdbSettings settings) {
        this.settings = settings;
    }

    /** The server of this user's environment. */
    public static AdbServer ofUser() {
        return new AdbServer(AdbSettings.ofUser());
    }

    /** Number of the protocol the server speaks, such as 41. */
    public int version() throws PhoneException {
        try (AdbConnection connection = ask("host:version", QUICK, new Cancellation(), true)) {
            return Integer.parseInt(connection.readBlock(), 16);
        } catch (AdbFailure e) {
            throw e.on("list");
        } catch (NumberFormatException e) {
            throw new PhoneException(
                    PhoneException.Reason.NO_ADB,
                    "The adb server told no version.",
                    "Install Android's platform-tools anew.");
        }
    }

    /** Every phone the server knows, sorted by serial, whatever its state. */
    public List<ConnectedPhone> phones() throws PhoneException {
        try (AdbConnection connection = ask("host:devices-l", QUICK, new Cancellation(), true)) {
            return sorted(connection.readBlock());
        } catch (AdbFailure e) {
            throw e.on("list");
        }
    }

    static List<ConnectedPhone> sorted(String list) {
        return DeviceList.parse(list).stream()
                .sorted(Comparator.comparing(ConnectedPhone::serial))
                .toList();
    }

    /**
     * Calls {@code listener} with the whole list now and at every change, on a thread of its own,
     * until the tracker is closed.
     */
    public PhoneTracker track(Consumer<PhoneTracker.Phones> listener) {
        return PhoneTracker.start(this, listener);
    }

    /**
     * The phone of that serial, or the only one where it is empty.
     *
     * @throws PhoneException where there is none, it is not ready, or several would fit
     */
    public Phone phone(String serial) throws PhoneException {
        List<ConnectedPhone> all = phones();
        if (serial.isEmpty()) {
            List<ConnectedPhone> ready =
                    all.stream().filter(p -> p.state() == PhoneState.DEVICE).toList();
            if (ready.size() > 1) {
                throw new PhoneException(
                        PhoneException.Reason.NO_PHONE,
                        "There are several phones: " + serials(ready) + ".",
                        "Say which one by its serial.");
            }
            if (ready.isEmpty() && all.size() == 1) {
                all.getFirst().requireReady();
            }
            if (ready.isEmpty()) {
                throw none();
            }
            return new Phone(this, ready.getFirst().serial());
        }
        for (ConnectedPhone phone : all) {
            if (phone.serial().equals(serial)) {
                phone.requireReady();
                return new Phone(this, serial);
            }
        }
        throw all.isEmpty()
                ? none()
                : new PhoneException(
                        PhoneException.Reason.NO_PHONE,
                        "There is no phone \"" + serial + "\".",
                        "Connected: " + serials(all) + ".");
    }

    private static String serials(List<ConnectedPhone> phones) {
        return String.join(", ", phones.stream().map(ConnectedPhone::serial).toList());
    }

    private static PhoneException none() {
        return new PhoneException(
                PhoneException.Reason.NO_PHONE,
                "No phone is connected.",
                "On the phone: Settings, About phone, tap \"Build number\" seven times; then Developer"
                        + " options, USB debugging. Then plug it in with a cable that carries data.");
    }

    /**
     * Connects to a phone over the network; the list tells when it is ready.
     *
     * @return the server's words
     */
    public String connect(PhoneAddress address, Cancellation cancellation) throws PhoneException {
        try (AdbConnection connection =
                ask("host:connect:" + address, NETWORK, cancellation, true)) {
            return NetworkAnswers.connected(address, connection.readBlock());
        } catch (AdbFailure e) {
            return NetworkAnswers.connected(address, e.getMessage());
        }
    }

    /** Lets go of a phone that was connected over the network. */
    public void disconnect(PhoneAddress address) throws PhoneException {
        try (AdbConnection connection =
                ask("host:disconnect:" + address, QUICK, new Cancellation(), true)) {
            connection.readBlock();
        } catch (AdbFailure e) {
            throw e.on(address.toString());
        }
    }

    /**
     * Pairs this computer with a phone by the code it shows; once for each phone. The connection
     * port is another one.
     *
     * @param code the six digits on the phone
     * @return the server's words
     */
    public String pair(PhoneAddress address, String code, Cancellation cancellation)
            throws PhoneException {
        String digits = NetworkAnswers.pairingCode(code);
        try (AdbConnection connection =
                ask("host:pair:" + digits + ":" + address, NETWORK, cancellation, true)) {
            return NetworkAnswers.paired(address, connection.readBlockOrFailure());
        } catch (AdbFailure e) {
            return NetworkAnswers.paired(address, e.getMessage());
        }
    }

    /** What the phone's adbd can do: words such as {@code shell_v2}. */
    List<String> features(String serial) throws PhoneException {
        try (AdbConnection connection =
                ask("host-serial:" + serial + ":features", QUICK, new Cancellation(), true)) {
            return List.of(connection.readBlock().split(","));
        } catch (AdbFailure e) {
            throw e.on(serial);
        }
    }

    /** A connection that speaks to the phone's adbd, with {@code service} opened. */
    AdbConnection open(String serial, String service, Duration silence, Cancellation cancellation)
            throws PhoneException {
        AdbConnection connection = null;
        try {
            connection = ask("host:tport:serial:" + serial, QUICK, cancellation, true);
            connection.readFully(8);
            // From here on it is the phone that answers.
            connection.silence(silence);
            connection.request(service);
            return connection;
        } catch (AdbFailure | PhoneException e) {
            if (connection != null) {
                connection.close();
            }
            throw e instanceof AdbFailure failure ? failure.on(serial) : (PhoneException) e;
        }
    }

    /**
     * A connection on which the service was granted.
     *
     * @param mayStart whether to start a server where none listens
     */
    AdbConnection ask(String service, Duration silence, Cancellation cancellation, boolean mayStart)
            throws PhoneException, AdbFailure {
        AdbConnection connection = connect(silence, cancellation, mayStart);
        try {
            connection.request(service);
            return connection;
        } catch (AdbFailure | PhoneException e) {
            connection.close();
            throw e;
        }
    }

    private AdbConnection connect(Duration silence, Cancellation cancellation, boolean mayStart)
            throws PhoneException {
        try {
            return new AdbConnection(settings.port(), silence, cancellation);
        } catch (PhoneException e) {
            throw e;
        } catch (ConnectException e) {
            if (mayStart) {
                AdbProgram.startServer(settings);
                return connect(silence, cancellation, false);
            }
            throw notRunning(e);
        } catch (IOException e) {
            throw notRunning(e);
        }
    }

    private PhoneException notRunning(IOException e) {
        return new PhoneException(
                PhoneException.Reason.NO_ADB,
                "No adb server answers on port " + settings.port() + " (" + e.getMessage() + ").",
                "Run \"adb start-server\", or set ANDROID_ADB_SERVER_PORT to the port it listens on.");
    }
}
