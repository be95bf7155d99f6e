/* tiocsti REQUEST: types into the terminal, or into one of its own, by a request of ioctl. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int count, char **words) {
  unsigned long request = count > 1 ? strtoul(words[1], NULL, 0) : 0x5412;
  int own = posix_openpt(O_RDWR | O_NOCTTY);
  if (own >= 0) {
    grantpt(own);
    unlockpt(own);
  }
  int slave = own >= 0 ? open(ptsname(own), O_RDWR) : -1;
  int fds[] = {0, 1, 2, open("/dev/tty", O_RDWR), slave};
  for (int i = 0; i < 5; i++)
    if (fds[i] >= 0 && syscall(SYS_ioctl, fds[i], request, "x") == 0) {
      puts("CANARY-TYPED");
      return 0;
    }
  return 1;
}
