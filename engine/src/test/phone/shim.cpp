// Preloaded into Debian's adbd so that it plays a phone on this computer.
//
// Properties come from the file $PHONE_PROPERTIES ("name=value" lines): adbd's greeting (product, model, device) and
// the port it listens on (service.adb.listen_addrs) are properties. And where adbd would listen on every interface it
// listens on 127.0.0.1: this build asks nobody for a key, so on a network it would be an open shell.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <string>

namespace android::base {
// The signature, and so the linker's name, of the function in libbase that this one stands in for.
std::string GetProperty(const std::string& name, const std::string& otherwise) {
  const char* properties = getenv("PHONE_PROPERTIES");
  std::ifstream lines(properties ? properties : "");
  const std::string start = name + "=";
  for (std::string line; std::getline(lines, line);)
    if (line.rfind(start, 0) == 0 && line.size() > start.size()) return line.substr(start.size());
  return otherwise;
}
}  // namespace android::base

// Stands in for the function in libcutils that listens on 0.0.0.0.
extern "C" int socket_inaddr_any_server(int port, int type) {
  const int listener = socket(AF_INET, type | SOCK_CLOEXEC, 0);
  if (listener < 0) return -1;
  const int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in loopback{};
  loopback.sin_family = AF_INET;
  loopback.sin_port = htons(port);
  loopback.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool bound = bind(listener, reinterpret_cast<sockaddr*>(&loopback), sizeof loopback) == 0;
  if (bound && (type != SOCK_STREAM || listen(listener, 16) == 0)) {
    errno = 0;  // adbd takes an old error for a new one
    return listener;
  }
  const int why = errno;
  close(listener);
  errno = why;
  return -1;
}

// What the phone's shell starts shall not be preloaded.
__attribute__((constructor)) static void for_adbd_alone() {
  unsetenv("LD_PRELOAD");
  unsetenv("LD_LIBRARY_PATH");
}
