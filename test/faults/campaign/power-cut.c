/*
 * A disk that holds only what was flushed to it, as an LD_PRELOAD library.
 *
 * Every file whose path begins with PC_MATCH has a shadow of the same name in the folder PC_SHADOW, which
 * receives what was written only at fsync or fdatasync of that file. Whatever kills the process, the shadows
 * are what a disk would show after the power was cut. On SIGUSR2 a part of what was not flushed reaches the
 * shadows as well, in pieces of 512 bytes and chosen by PC_SEED, and then the process kills itself: a disk may
 * write early, late and half. The model holds for each file alone, and not for disks that lie about flushing.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST_FDS 4096
#define PATH_LENGTH 1024

typedef struct Write {
  off_t at;
  size_t length;
  char *bytes; /* NULL: the file was cut to `at` bytes */
  struct Write *next;
} Write;

typedef struct File {
  char path[PATH_LENGTH];
  char shadow[PATH_LENGTH];
  int fd;
  Write *first, *last;
  struct File *next;
} File;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static File *files;
static File *by_fd[MOST_FDS];
static const char *match, *folder;

static int (*real_open)(const char *, int, ...);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_close)(int);
static int (*real_ftruncate)(int, off_t);
static int (*real_unlink)(const char *);

static void load(void) {
  if (real_unlink) return;
  match = getenv("PC_MATCH");
  folder = getenv("PC_SHADOW");
  real_open = dlsym(RTLD_NEXT, "open64");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_write = dlsym(RTLD_NEXT, "write");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_close = dlsym(RTLD_NEXT, "close");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
}

/* The shared memory beside a database is none of its content. */
static int is_ours(const char *path) {
  return match && folder && strncmp(path, match, strlen(match)) == 0 && !strstr(path, "-shm");
}

static File *of_fd(int fd) { return fd >= 0 && fd < MOST_FDS ? by_fd[fd] : NULL; }

static void tear(int signal_number);

static void track(int fd, const char *path) {
  if (fd < 0 || fd >= MOST_FDS || !is_ours(path)) return;
  pthread_mutex_lock(&lock);
  File *file = files;
  while (file && strcmp(file->path, path)) file = file->next;
  if (!file) {
    const char *name = strrchr(path, '/');
    file = calloc(1, sizeof *file);
    snprintf(file->path, PATH_LENGTH, "%s", path);
    snprintf(file->shadow, PATH_LENGTH, "%s/%s", folder, name ? name + 1 : path);
    file->fd = real_open(file->shadow, O_RDWR | O_CREAT, 0600);
    file->next = files;
    files = file;
    /* Not before: at its start Node gives every signal back to the system. */
    if (getenv("PC_TORN")) signal(SIGUSR2, tear);
  }
  by_fd[fd] = file;
  pthread_mutex_unlock(&lock);
}

static int open_it(const char *path, int flags, mode_t mode) {
  load();
  int fd = real_open(path, flags, mode);
  track(fd, path);
  return fd;
}

#define MODE_OF(flags) \
  mode_t mode = 0; \
  if (flags & (O_CREAT | O_TMPFILE)) { \
    va_list more; \
    va_start(more, flags); \
    mode = va_arg(more, mode_t); \
    va_end(more); \
  }

int open(const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_it(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_it(path, flags, mode);
}

static void keep(int fd, const void *bytes, size_t length, off_t at) {
  File *file = of_fd(fd);
  if (!file) return;
  Write *write = calloc(1, sizeof *write);
  write->at = at;
  write->length = length;
  if (bytes) {
    write->bytes = malloc(length);
    memcpy(write->bytes, bytes, length);
  }
  pthread_mutex_lock(&lock);
  if (file->last) file->last->next = write;
  else file->first = write;
  file->last = write;
  pthread_mutex_unlock(&lock);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t at) {
  load();
  ssize_t done = real_pwrite(fd, bytes, length, at);
  if (done > 0) keep(fd, bytes, done, at);
  return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) { return pwrite64(fd, bytes, length, at); }

ssize_t write(int fd, const void *bytes, size_t length) {
  load();
  if (!of_fd(fd)) return real_write(fd, bytes, length);
  off_t at = lseek(fd, 0, SEEK_CUR);
  ssize_t done = real_write(fd, bytes, length);
  if (done > 0) keep(fd, bytes, done, at);
  return done;
}

int ftruncate64(int fd, off_t size) {
  load();
  int failed = real_ftruncate(fd, size);
  if (!failed) keep(fd, NULL, 0, size);
  return failed;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static void apply(File *file, const Write *write, size_t length) {
  if (!write->bytes) real_ftruncate(file->fd, write->at);
  else real_pwrite(file->fd, write->bytes, length, write->at);
}

/* What was applied is not freed: the signal may come in between, and then still walks the list. */
static int flushed(int fd, int failed) {
  File *file = of_fd(fd);
  if (failed || !file) return failed;
  pthread_mutex_lock(&lock);
  for (Write *write = file->first; write; write = write->next) {
    apply(file, write, write->length);
    file->first = write->next;
  }
  file->last = NULL;
  pthread_mutex_unlock(&lock);
  return 0;
}

int fsync(int fd) {
  load();
  return flushed(fd, real_fsync(fd));
}

int fdatasync(int fd) {
  load();
  return flushed(fd, real_fdatasync(fd));
}

int close(int fd) {
  load();
  if (fd >= 0 && fd < MOST_FDS) by_fd[fd] = NULL;
  return real_close(fd);
}

int unlink(const char *path) {
  load();
  int failed = real_unlink(path);
  if (failed || !is_ours(path)) return failed;
  pthread_mutex_lock(&lock);
  for (File *file = files; file; file = file->next) {
    if (strcmp(file->path, path)) continue;
    file->first = file->last = NULL;
    real_unlink(file->shadow);
    real_close(file->fd);
    file->fd = real_open(file->shadow, O_RDWR | O_CREAT, 0600);
  }
  pthread_mutex_unlock(&lock);
  return 0;
}

static void tear(int signal_number) {
  const char *seed = getenv("PC_SEED");
  unsigned state = (seed ? atoi(seed) : 1) + signal_number;
  for (File *file = files; file; file = file->next) {
    for (Write *write = file->first; write; write = write->next) {
      if (!write->bytes || rand_r(&state) % 2) continue;
      size_t whole = write->length / 512;
      int torn = whole > 0 && rand_r(&state) % 2;
      apply(file, write, torn ? rand_r(&state) % (whole + 1) * 512 : write->length);
    }
  }
  kill(getpid(), SIGKILL);
}
