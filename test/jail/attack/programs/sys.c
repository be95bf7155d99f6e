/* sys NUMBER ARGUMENTS…: makes one system call, and says so where the kernel looked at it. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/syscall.h>

int main(int count, char **words) {
  long a[7] = {0};
  for (int i = 1; i < count && i < 8; i++) a[i - 1] = (long)strtoull(words[i], NULL, 0);
  long got = syscall(a[0], a[1], a[2], a[3], a[4], a[5], a[6]);
  int refused = got < 0 && (errno == EPERM || errno == ENOSYS || errno == EACCES);
  if (refused) return 1;
  printf("CANARY-CALL %ld reached the kernel\n", a[0]);
  return 0;
}
