/* vsock FAMILY: makes a socket of that family. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

int main(int count, char **words) {
  int family = count > 1 ? atoi(words[1]) : 40;
  if (socket(family, SOCK_STREAM, 0) < 0 && socket(family, SOCK_DGRAM, 0) < 0 && socket(family, SOCK_RAW, 0) < 0) return 1;
  puts("CANARY-SOCKET");
  return 0;
}
