/*
 * Stands between a program and the C library on Linux (LD_PRELOAD). Everything that changes the files of one folder is
 * written to a log in the order in which it happened, and on command one of these calls fails as a broken or a full disk
 * makes it fail. What a program writes through a memory map is not seen; SQLite does that in -shm files alone, which it
 * makes anew after a crash.
 *
 *   BDC_DISK_FOLDER   the folder that is watched, as an absolute path
 *   BDC_DISK_LOG      where the log goes; left out, there is none
 *   BDC_DISK_MARKS    what the program writes to this file becomes a mark in the log
 *   BDC_DISK_FAULT    writing "<call> <number> <errno> <once|on>" to this file makes that call fail; "none" ends it.
 *                     When it fails for the first time, a file of the same name with ".fired" appears.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CREATE = 1, WRITE, TRUNCATE, SYNC, RENAME, UNLINK, MKDIR, SYNC_FOLDER, MARK };
enum { ON_WRITE, ON_SYNC, ON_TRUNCATE, ON_OPEN, CALLS };

static const char *const call_names[CALLS] = {"write", "sync", "truncate", "open"};

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *folder, *marks, *fault_file;
static size_t folder_length;
static int log_fd = -1;

static struct {
  int call, error, goes_on, fired;
  long left;
} fault = {.call = -1};

static int (*real_open)(const char *, int, ...);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static int (*real_ftruncate)(int, off64_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_rename)(const char *, const char *);
static int (*real_unlink)(const char *);
static int (*real_mkdir)(const char *, mode_t);

__attribute__((constructor)) static void begin(void) {
  real_open = dlsym(RTLD_NEXT, "open64");
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_rename = dlsym(RTLD_NEXT, "rename");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
  real_mkdir = dlsym(RTLD_NEXT, "mkdir");
  folder = getenv("BDC_DISK_FOLDER");
  folder_length = folder ? strlen(folder) : 0;
  marks = getenv("BDC_DISK_MARKS");
  fault_file = getenv("BDC_DISK_FAULT");
  const char *path = getenv("BDC_DISK_LOG");
  if (path) log_fd = real_open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void enter(void) {
  if (!real_open) begin();
  pthread_mutex_lock(&turn);
}

static int leave(int result) {
  int error = errno;
  pthread_mutex_unlock(&turn);
  errno = error;
  return result;
}

static void put(const void *bytes, size_t length) {
  for (const char *at = bytes; length > 0;) {
    ssize_t written = real_write(log_fd, at, length);
    if (written < 0) abort();
    at += written;
    length -= (size_t)written;
  }
}

/* One record: what, which file, where, how many bytes follow; then those bytes. */
static void record(uint32_t kind, uint64_t file, int64_t offset, const void *bytes, size_t length) {
  if (log_fd < 0) return;
  int error = errno;
  struct { uint32_t kind, length; uint64_t file; int64_t offset; } head = {kind, (uint32_t)length, file, offset};
  put(&head, sizeof head);
  put(bytes, length);
  errno = error;
}

static int ends_with(const char *text, const char *end) {
  size_t a = strlen(text), b = strlen(end);
  return a >= b && strcmp(text + a - b, end) == 0;
}

static int is_watched(const char *path) {
  if (!folder || strncmp(path, folder, folder_length) != 0) return 0;
  if (path[folder_length] != '/' && path[folder_length] != 0) return 0;
  return !ends_with(path, "-shm");
}

/* Where an open file is; an empty text when nobody asked for it. */
static void path_of(int fd, char path[PATH_MAX]) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  path[length > 0 ? length : 0] = 0;
}

static uint64_t number_of(int fd) {
  struct stat64 status;
  return fstat64(fd, &status) == 0 ? status.st_ino : 0;
}

static int fails(int call) {
  if (fault.call != call || fault.left == 0 || --fault.left > 0) return 0;
  if (fault.goes_on) fault.left = 1;
  if (!fault.fired) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s.fired", fault_file);
    close(real_open(path, O_WRONLY | O_CREAT, 0600));
    fault.fired = 1;
  }
  errno = fault.error;
  return 1;
}

static void command(const char *text, size_t length) {
  char line[100] = "", name[20] = "", how[20] = "";
  memcpy(line, text, length < sizeof line - 1 ? length : sizeof line - 1);
  fault.call = -1;
  if (sscanf(line, "%19s %ld %d %19s", name, &fault.left, &fault.error, how) != 4) return;
  fault.goes_on = strcmp(how, "on") == 0;
  fault.fired = 0;
  for (int call = 0; call < CALLS; call++)
    if (strcmp(name, call_names[call]) == 0) fault.call = call;
}

static int open_in_turn(const char *path, int flags, mode_t mode) {
  if (!is_watched(path)) return real_open(path, flags, mode);
  if (fails(ON_OPEN)) return -1;
  struct stat64 before;
  int is_new = (flags & O_CREAT) && stat64(path, &before) != 0;
  int fd = real_open(path, flags, mode);
  if (fd < 0) return fd;
  if (is_new) record(CREATE, number_of(fd), 0, path, strlen(path));
  else if (flags & O_TRUNC) record(TRUNCATE, number_of(fd), 0, "", 0);
  return fd;
}

static int open_any(const char *path, int flags, mode_t mode) {
  enter();
  return leave(open_in_turn(path, flags, mode));
}

static mode_t mode_of(int flags, va_list rest) {
  return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return open_any(path, flags, mode);
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return open_any(path, flags, mode);
}

/* `offset` -1: where the file stands. */
static ssize_t write_in_turn(int fd, const void *bytes, size_t length, off64_t offset) {
  char path[PATH_MAX];
  path_of(fd, path);
  if (marks && strcmp(path, marks) == 0) {
    record(MARK, 0, 0, bytes, length);
    return (ssize_t)length;
  }
  if (fault_file && strcmp(path, fault_file) == 0) {
    command(bytes, length);
    return (ssize_t)length;
  }
  int watched = is_watched(path);
  if (watched && fails(ON_WRITE)) return -1;
  off64_t at = offset;
  if (watched && at < 0) at = lseek64(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
  ssize_t written = offset < 0 ? real_write(fd, bytes, length) : real_pwrite(fd, bytes, length, offset);
  if (watched && written > 0) record(WRITE, number_of(fd), at, bytes, (size_t)written);
  return written;
}

ssize_t write(int fd, const void *bytes, size_t length) {
  enter();
  ssize_t written = write_in_turn(fd, bytes, length, -1);
  leave(0);
  return written;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
  enter();
  ssize_t written = write_in_turn(fd, bytes, length, offset);
  leave(0);
  return written;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
  return pwrite64(fd, bytes, length, offset);
}

static int truncate_in_turn(int fd, off64_t size) {
  char path[PATH_MAX];
  path_of(fd, path);
  int watched = is_watched(path);
  if (watched && fails(ON_TRUNCATE)) return -1;
  int result = real_ftruncate(fd, size);
  if (watched && result == 0) record(TRUNCATE, number_of(fd), size, "", 0);
  return result;
}

int ftruncate64(int fd, off64_t size) {
  enter();
  return leave(truncate_in_turn(fd, size));
}

int ftruncate(int fd, off_t size) {
  return ftruncate64(fd, size);
}

static int sync_in_turn(int fd, int (*real_sync)(int)) {
  char path[PATH_MAX];
  path_of(fd, path);
  int watched = is_watched(path);
  if (watched && fails(ON_SYNC)) return -1;
  int result = real_sync(fd);
  if (!watched || result != 0) return result;
  struct stat64 status;
  if (fstat64(fd, &status) == 0 && S_ISDIR(status.st_mode)) record(SYNC_FOLDER, 0, 0, path, strlen(path));
  else record(SYNC, number_of(fd), 0, "", 0);
  return result;
}

int fsync(int fd) {
  enter();
  return leave(sync_in_turn(fd, real_fsync));
}

int fdatasync(int fd) {
  enter();
  return leave(sync_in_turn(fd, real_fdatasync));
}

int rename(const char *from, const char *to) {
  enter();
  int result = real_rename(from, to);
  if (result == 0 && is_watched(to)) {
    char both[2 * PATH_MAX];
    int length = snprintf(both, sizeof both, "%s\n%s", from, to);
    record(RENAME, 0, 0, both, (size_t)length);
  }
  return leave(result);
}

int unlink(const char *path) {
  enter();
  int result = real_unlink(path);
  if (result == 0 && is_watched(path)) record(UNLINK, 0, 0, path, strlen(path));
  return leave(result);
}

int mkdir(const char *path, mode_t mode) {
  enter();
  int result = real_mkdir(path, mode);
  if (result == 0 && is_watched(path)) record(MKDIR, 0, 0, path, strlen(path));
  return leave(result);
}
