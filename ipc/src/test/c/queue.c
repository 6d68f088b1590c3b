/*
 * What a C program gets out of two POSIX message queues between two processes, with blocking calls and nothing else.
 *   cc -O2 -o queue queue.c -lrt && ./queue rtt|thr MESSAGES MESSAGE_LENGTH COUNT LENGTH
 */
#include <fcntl.h>
#include <mqueue.h>
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

int main(int argc, char **argv) {
  if (argc < 6) return 2;
  int through = !strcmp(argv[1], "thr");
  long size = atol(argv[3]), count = atol(argv[4]), length = atol(argv[5]);
  struct mq_attr attributes = {.mq_maxmsg = atol(argv[2]), .mq_msgsize = size};
  char there[64], back[64];
  sprintf(there, "/queue-c-%d-there", getpid());
  sprintf(back, "/queue-c-%d-back", getpid());
  mqd_t a = mq_open(there, O_RDWR | O_CREAT | O_EXCL, 0600, &attributes);
  mqd_t b = mq_open(back, O_RDWR | O_CREAT | O_EXCL, 0600, &attributes);
  if (a < 0 || b < 0) return perror("mq_open"), 1;
  mq_unlink(there);
  mq_unlink(back);
  char *bytes = calloc(1, size);
  if (!fork()) {
    for (long i = 0; i < count; i++) {
      mq_receive(a, bytes, size, 0);
      if (!through) mq_send(b, bytes, length, 0);
    }
    if (through) mq_send(b, bytes, 1, 0);
    _exit(0);
  }
  double start = now();
  for (long i = 0; i < count; i++) {
    mq_send(a, bytes, length, 0);
    if (!through) mq_receive(b, bytes, size, 0);
  }
  if (through) mq_receive(b, bytes, size, 0);
  double seconds = now() - start;
  if (through) printf("C length=%ld throughput=%.0f messages/s\n", length, count / seconds);
  else printf("C length=%ld roundTrip=%.2f us\n", length, seconds / count * 1e6);
  wait(0);
}
