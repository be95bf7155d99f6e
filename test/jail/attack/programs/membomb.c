/* membomb MEGABYTES: takes and touches that much memory, and says so where it got it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int count, char **words) {
  int megabytes = count > 1 ? atoi(words[1]) : 1024;
  for (int i = 0; i < megabytes; i++) {
    char *piece = malloc(1 << 20);
    if (!piece) return 1;
    memset(piece, 1, 1 << 20);
  }
  puts("CANARY-MEMORY");
  fflush(stdout);
  sleep(1);
  return 0;
}
