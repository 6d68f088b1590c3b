/*
 * What a C program gets out of the kernel between two processes, with blocking calls and nothing else: the limit that a
 * transport is set against. And out of memory that both share, with a ring of bytes and a look again and again.
 *   cc -O2 -o limits limits.c -lrt && ./limits socket|pipe|queue|ring WARM_MILLIS MEASURE_MILLIS rtt:32 paced:32 throughput:32 …
 * A message is its length in 4 bytes and as many bytes, which begin with a word that says what is asked, and a number, and
 * end with that word. Both sides look at a word of each 64 bytes, and at the last.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <mqueue.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ECHO = 1, TAKE = 2, ANSWER = 3 };
enum { SMALL = 32, QUEUE_MESSAGES = 8, QUEUE_LENGTH = 2048, RING = 1 << 20, SPINS = 1000 };
enum { LONGEST = 16 << 20, BUFFER = LONGEST + (64 << 10), SAMPLES = 1 << 23 };

struct ring {
  _Alignas(128) _Atomic uint64_t tail;
  _Alignas(128) _Atomic uint64_t head;
  _Alignas(128) char bytes[RING];
};

/* A stream of bytes each way. */
static enum { STREAM, QUEUE, SHARED } kind;
static int in, out;
static struct ring *from, *to;

static char *buffer; /* what was read and not yet taken lies between begin and end */
static size_t begin, end;
static char *message;
static uint64_t sent, received;

static void fail(const char *what) {
  perror(what);
  fprintf(stderr, "error: %s\n", what);
  exit(1);
}

static int64_t now(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void look_again(int *looks) {
  if (++*looks % SPINS == 0) sched_yield();
  else __builtin_ia32_pause();
}

static void write_ring(const char *bytes, size_t length) {
  static uint64_t seen; /* of head, which is looked at only if there may be no room */
  uint64_t tail = atomic_load_explicit(&to->tail, memory_order_relaxed);
  for (int looks = 0; length > 0;) {
    size_t room = RING - (tail - seen);
    if (room < length) {
      seen = atomic_load_explicit(&to->head, memory_order_acquire);
      room = RING - (tail - seen);
    }
    if (room == 0) {
      look_again(&looks);
      continue;
    }
    size_t part = length < room ? length : room, at = tail % RING;
    size_t first = part < RING - at ? part : RING - at;
    memcpy(to->bytes + at, bytes, first);
    memcpy(to->bytes, bytes + first, part - first);
    atomic_store_explicit(&to->tail, tail += part, memory_order_release);
    bytes += part;
    length -= part;
  }
}

static size_t read_ring(char *bytes, size_t most) {
  uint64_t head = atomic_load_explicit(&from->head, memory_order_relaxed);
  size_t there;
  for (int looks = 0; !(there = atomic_load_explicit(&from->tail, memory_order_acquire) - head);) look_again(&looks);
  size_t part = there < most ? there : most, at = head % RING;
  size_t first = part < RING - at ? part : RING - at;
  memcpy(bytes, from->bytes + at, first);
  memcpy(bytes + first, from->bytes, part - first);
  atomic_store_explicit(&from->head, head + part, memory_order_release);
  return part;
}

static void write_all(const char *bytes, size_t length) {
  if (kind == SHARED) {
    write_ring(bytes, length);
    return;
  }
  while (length > 0) {
    ssize_t part = length;
    if (kind == QUEUE) {
      part = length < QUEUE_LENGTH ? length : QUEUE_LENGTH;
      if (mq_send(out, bytes, part, 0) < 0) fail("mq_send");
    } else if ((part = write(out, bytes, length)) < 0) {
      fail("write");
    }
    bytes += part;
    length -= part;
  }
}

static void read_more(void) {
  if (BUFFER - end < (64 << 10)) {
    memmove(buffer, buffer + begin, end - begin);
    end -= begin;
    begin = 0;
  }
  size_t most = BUFFER - end;
  ssize_t part;
  if (kind == SHARED) part = read_ring(buffer + end, most);
  else if (kind == QUEUE) part = mq_receive(in, buffer + end, most, 0);
  else part = read(in, buffer + end, most < (1 << 20) ? most : 1 << 20);
  if (part <= 0) exit(part < 0); /* the other has gone */
  end += part;
}

static void send_message(uint32_t length, uint64_t what) {
  uint64_t word = what << 56 | sent++;
  char *payload = message + 8;
  memcpy(payload - 4, &length, 4);
  memcpy(payload, &word, 8);
  memcpy(payload + length - 8, &word, 8);
  write_all(payload - 4, length + 4);
}

/* Waits for a message; returns what it asks. */
static uint64_t receive_message(uint32_t *length) {
  if (begin == end) begin = end = 0;
  while (end - begin < 4) read_more();
  memcpy(length, buffer + begin, 4);
  while (end - begin < 4 + *length) read_more();
  char *payload = buffer + begin + 4;
  uint64_t first, last, line, others = 0;
  memcpy(&first, payload, 8);
  memcpy(&last, payload + *length - 8, 8);
  for (uint32_t i = 64; i < *length - 8; i += 64) {
    memcpy(&line, payload + i, 8);
    others |= line;
  }
  begin += 4 + *length;
  if (first != last || others || (first << 8 >> 8) != received++) {
    fprintf(stderr, "error: a message was lost or torn\n");
    exit(1);
  }
  return first >> 56;
}

static void echo(void) {
  for (uint32_t length;;) {
    uint64_t what = receive_message(&length);
    if (what == ECHO) send_message(length, TAKE);
    else if (what == ANSWER) send_message(SMALL, TAKE);
  }
}

static int compare(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *) a, y = *(const uint32_t *) b;
  return (x > y) - (x < y);
}

static long sleeps(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_nvcsw;
}

/* Returns whether it slept. */
static int sleep_until(int64_t time) {
  if (now(CLOCK_MONOTONIC) >= time) return 0;
  struct timespec t = {.tv_sec = time / 1000000000, .tv_nsec = time % 1000000000};
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, 0);
  return 1;
}

static void round_trips(const char *step, uint32_t length, int millis, int paced, clockid_t others, int silent) {
  static uint32_t samples[SAMPLES];
  uint32_t got;
  long count = 0, pauses = 0, before_sleeps = sleeps();
  int64_t cpu = now(CLOCK_PROCESS_CPUTIME_ID) + now(others);
  int64_t start = now(CLOCK_MONOTONIC), before = start, stop = start + millis * 1000000LL;
  for (long i = 1; before < stop; i++) {
    if (paced) {
      pauses += sleep_until(start + i * 1000000LL);
      before = now(CLOCK_MONOTONIC);
    }
    send_message(length, ECHO);
    receive_message(&got);
    int64_t after = now(CLOCK_MONOTONIC);
    if (count < SAMPLES) samples[count++] = after - before;
    before = after;
  }
  cpu = now(CLOCK_PROCESS_CPUTIME_ID) + now(others) - cpu;
  double slept = sleeps() - before_sleeps - pauses;
  if (silent) return;
  qsort(samples, count, sizeof *samples, compare);
  printf("%s p50=%u p99=%u cpu=%.0f sleeps=%.3f\n", step, samples[count / 2], samples[count * 99 / 100],
         (double) cpu / count, slept / count);
}

static void throughput(const char *step, uint32_t length, int millis, int silent) {
  uint32_t got;
  long count = 0;
  int64_t start = now(CLOCK_MONOTONIC), stop = start + millis * 1000000LL;
  do {
    for (int i = 0; i < 16; i++) send_message(length, TAKE);
    count += 16;
  } while (now(CLOCK_MONOTONIC) < stop);
  send_message(length, ANSWER);
  receive_message(&got);
  if (!silent) printf("%s rate=%.0f\n", step, (count + 1) * 1e9 / (now(CLOCK_MONOTONIC) - start));
}

static void run(const char *step, int millis, clockid_t others, int silent) {
  uint32_t length = atol(strchr(step, ':') + 1);
  memset(message, 0, length + 8);
  if (!strncmp(step, "throughput", 10)) throughput(step, length, millis, silent);
  else round_trips(step, length, millis, !strncmp(step, "paced", 5), others, silent);
}

static mqd_t open_queue(const char *direction) {
  struct mq_attr attributes = {.mq_maxmsg = QUEUE_MESSAGES, .mq_msgsize = QUEUE_LENGTH};
  char name[64];
  sprintf(name, "/limits-%d-%s", getpid(), direction);
  mqd_t queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attributes);
  if (queue < 0) fail("mq_open");
  mq_unlink(name);
  return queue;
}

/* Opens both directions; the second process finds them the other way round. */
static void open_all(const char *name, int there[2], int back[2]) {
  if (!strcmp(name, "pipe")) {
    if (pipe(there) || pipe(back)) fail("pipe");
  } else if (!strcmp(name, "socket")) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends)) fail("socketpair");
    there[1] = back[0] = ends[0];
    there[0] = back[1] = ends[1];
  } else if (!strcmp(name, "queue")) {
    kind = QUEUE;
    there[0] = there[1] = open_queue("there");
    back[0] = back[1] = open_queue("back");
  } else if (!strcmp(name, "ring")) {
    kind = SHARED;
    to = mmap(0, 2 * sizeof *to, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (to == MAP_FAILED) fail("mmap");
    from = to + 1;
  } else {
    fprintf(stderr, "error: there is no %s\n", name);
    exit(2);
  }
}

int main(int argc, char **argv) {
  if (argc < 5) return 2;
  setlinebuf(stdout);
  int there[2] = {0}, back[2] = {0};
  open_all(argv[1], there, back);
  buffer = malloc(BUFFER);
  message = malloc(LONGEST + 8);
  memset(buffer, 1, BUFFER);
  pid_t child = fork();
  if (child < 0) fail("fork");
  prctl(PR_SET_PDEATHSIG, 9);
  if (child == 0) {
    struct ring *mine = from;
    from = to;
    to = mine;
    in = there[0];
    out = back[1];
    echo();
  }
  in = back[0];
  out = there[1];
  clockid_t others;
  if (clock_getcpuclockid(child, &others)) fail("clock_getcpuclockid");
  for (int i = 4; i < argc; i++) {
    run(argv[i], atoi(argv[2]), others, 1);
    run(argv[i], atoi(argv[3]), others, 0);
  }
  kill(child, 9);
}
