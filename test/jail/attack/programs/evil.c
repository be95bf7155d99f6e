/* A library that reads a secret as soon as it is loaded. */
#include <stdio.h>
#include <stdlib.h>

__attribute__((constructor)) static void start(void) {
  const char *path = getenv("SECRET_PATH");
  FILE *file = path ? fopen(path, "r") : NULL;
  int c;
  while (file && (c = fgetc(file)) != EOF) putchar(c);
}
