/* conn PATH: connects to a Unix socket, an abstract one where it begins with @. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

int main(int count, char **words) {
  struct sockaddr_un to = {.sun_family = AF_UNIX};
  if (count < 2) return 2;
  strncpy(to.sun_path, words[1], sizeof to.sun_path - 1);
  socklen_t size = offsetof(struct sockaddr_un, sun_path) + strlen(to.sun_path);
  if (to.sun_path[0] == '@') to.sun_path[0] = 0;
  else size += 1;
  int types[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET};
  for (int i = 0; i < 3; i++) {
    int s = socket(AF_UNIX, types[i], 0);
    if (s >= 0 && connect(s, (struct sockaddr *)&to, size) == 0) {
      puts("CANARY-CONNECTED");
      return 0;
    }
  }
  return 1;
}
