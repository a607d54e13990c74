package io.pocketllm.app.shell;

import io.pocketllm.app.phones.LinkViewModel;
import io.pocketllm.app.phones.PhoneViewModel;
import io.pocketllm.app.phones.PhonesViewModel;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What can be done about real phones by searching for it; the phone is the one looked at. */
final class PhoneActions {

    private PhoneActions() {}

    static List<Action> of(WorkbenchViewModel w) {
        return List.of(
                Action.withoutKey(
                        "Phones: connect over Wi-Fi…",
                        () -> true,
                        () -> open(w, LinkViewModel.Kind.CONNECT)),
                Action.withoutKey(
                        "Phones: pair by code…",
                        () -> true,
                        () -> open(w, LinkViewModel.Kind.PAIR)),
                Action.withoutKey(
                        "Phones: read the phone",
                        is(w, PhoneViewModel::isReady),
                        () -> with(w, phone -> phone.reading().read())),
                Action.withoutKey(
                        "Phones: send what is set up",
                        is(w, phone -> phone.hold().isEmpty()),
                        () -> with(w, PhoneViewModel::send)),
                Action.withoutKey(
                        "Phones: run there",
                        is(w, phone -> phone.holdRun().isEmpty()),
                        () -> with(w, PhoneViewModel::runThere)),
                Action.withoutKey(
                        "Phones: fetch results, follow the run again",
                        is(w, phone -> phone.isReady() && !phone.run().left().isEmpty()),
                        () -> with(w, PhoneViewModel::fetch)),
                Action.withoutKey(
                        "Phones: clean up what was sent",
                        is(w, PhoneViewModel::isReady),
                        () -> with(w, PhoneViewModel::clean)),
                Action.withoutKey(
                        "Phones: choose the adb program…",
                        () -> true,
                        () -> {
                            w.placeProperty().set(Place.PHONES);
                            w.phones().chooseAdb();
                        }));
    }

    private static void open(WorkbenchViewModel w, LinkViewModel.Kind kind) {
        w.placeProperty().set(Place.PHONES);
        w.phones().link().open(kind);
    }

    private static BooleanSupplier is(WorkbenchViewModel w, Predicate<PhoneViewModel> what) {
        return () -> {
            PhonesViewModel phones = w.phones();
            return phones.selectedProperty().get() != null
                    && what.test(phones.selectedProperty().get());
        };
    }

    private static void with(WorkbenchViewModel w, Consumer<PhoneViewModel> what) {
        w.placeProperty().set(Place.PHONES);
        what.accept(w.phones().selectedProperty().get());
    }
}
