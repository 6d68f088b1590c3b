/*
 * What a C program gets out of two pipes between two processes, with blocking calls and nothing else.
 *   cc -O2 -o pipe pipe.c && ./pipe rtt|thr COUNT LENGTH
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static void take(int pipe, char *bytes, long length) {
  for (long n; length > 0; bytes += n, length -= n)
    if ((n = read(pipe, bytes, length)) <= 0) _exit(1);
}

static void give(int pipe, char *bytes, long length) {
  for (long n; length > 0; bytes += n, length -= n)
    if ((n = write(pipe, bytes, length)) <= 0) _exit(1);
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  int through = !strcmp(argv[1], "thr"), there[2], back[2];
  long count = atol(argv[2]), length = atol(argv[3]);
  if (pipe(there) || pipe(back)) return perror("pipe"), 1;
  char *bytes = calloc(1, length);
  if (!fork()) {
    for (long i = 0; i < count; i++) {
      take(there[0], bytes, length);
      if (!through) give(back[1], bytes, length);
    }
    if (through) give(back[1], bytes, 1);
    _exit(0);
  }
  double start = now();
  for (long i = 0; i < count; i++) {
    give(there[1], bytes, length);
    if (!through) take(back[0], bytes, length);
  }
  if (through) take(back[0], bytes, 1);
  double seconds = now() - start;
  if (through) printf("C length=%ld throughput=%.0f messages/s\n", length, count / seconds);
  else printf("C length=%ld roundTrip=%.2f us\n", length, seconds / count * 1e6);
  wait(0);
}
