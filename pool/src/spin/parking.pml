/*
 * The parking protocol of the pool, for SPIN. Events, methods and fields have the names of pool/DESIGN.md, section 5, and
 * of Parking, Worker, Workers, WakePermit and Watch.
 *
 * Memory     What a thread pushes stands in its store buffer (buffer[p]) until a fence or a CAS of that thread, or until
 *            the process Memory moves it: total store order. A CAS is weaker than on x86: reads that follow it in the
 *            program may come before it unless a full fence stands between them.
 * Version    Not a number but a bit for each process: whether the stack is as it was when the process read the word. So
 *            versions never repeat, as long as 2^32 changes do not fall between a read and its CAS.
 * Checked    BAD, the theorem's negation, in every state; that nothing is queued when nobody can move; in each change of
 *            the word, that exactly those lie on the stack that should; and that who is taken off the stack is woken or
 *            started once.
 * Sizes      -DNW workers, -DNM makers outside, -DTASKS for them together, -DSUBMITS from tasks that run.
 * Parts      -DREST   parked workers give up their thread after a while, unless they are the last to have one
 *            -DFAIL=n up to n threads cannot be started
 *            -DFORK   tasks that run fork: their signal looks first, without a fence, whether there is anybody to wake; so
 *                     does that for a task which lies on top of others
 *            -DENTRUST an only task that a task submits may be left to its worker, without a signal; and the last to park
 *                     may do so with the only task that it sees
 *            -DWATCH  the watch makes good for these
 * Defects    -DNO_SIGNAL_FENCE  -DNO_RECHECK  -DNO_HAND_OVER  -DNO_VERSION  -DNO_PARK_FENCE  -DNO_STOP_FENCE
 *            -DSIGNAL_FIRST  -DNO_REPLACE  -DREST_TO_ZERO  -DNO_SECOND_LOOK
 */
#ifndef NW
#define NW 2
#endif
#ifndef NM
#define NM 2
#endif
#ifndef TASKS
#define TASKS 3
#endif
#ifndef SUBMITS
#define SUBMITS 1
#endif
#ifndef FAIL
#define FAIL 0
#endif

#define THE_WATCH (NW + NM)
#define NP (NW + NM + 1)    /* workers, makers, the watch */
#define NONE NW

mtype = { GONE, ASKED, GRANTED };

/* The word, without the version, and the stack. */
byte searching;
byte top;
byte below[NW];
bool unchanged[NP];         /* the version that a process has read is still that of the word */

/* Tasks, counted. */
byte injector;
byte deque[NW];
byte buffer[NP];            /* a maker's offers, a worker's pushes */

mtype permit[NW] = GONE;
bool alive[NW];             /* has a thread */
byte toMake = TASKS;
byte toSubmit = SUBMITS;
byte toFail = FAIL;
byte serving;               /* of PoolState */

#ifdef WATCH
bool watching = true;       /* the pace is SLOW or FAST */
bool awake[NW];
bool secondLook;            /* known to the proof only: the watch has stopped, but will look again */
#endif

/* Known to the proof only. */
bool onStack[NW];
bool unable[NW];            /* could not be started */
byte onTheWay;              /* from an F or K that must look to the end of its L and S, and from a P to the end of its S */

inline drain(p) {
    if
    :: p < NW -> deque[p] = deque[p] + buffer[p]
    :: else -> injector = injector + buffer[p]
    fi;
    buffer[p] = 0
}

#define forAll(i) for (i : 0 .. NW - 1)

inline stackChanges() {
    i = 0;
    do
    :: i < NP -> unchanged[i] = false; i++
    :: else -> break
    od;
    checkStack()
}

/* Walks the stack: whom it shows is who should be there. */
inline checkStack() {
    c = 0;
    i = top;
    do
    :: i != NONE && c <= NW -> assert(onStack[i]); c++; i = below[i]
    :: else -> break
    od;
    assert(c <= NW);
    i = 0;
    do
    :: i < NW -> c = c - onStack[i]; i++
    :: else -> break
    od;
    assert(c == 0);
    i = 0
}

/* The word as a process has read it: s, t, and the version. */
inline readWord(p) {
    s = searching; t = top; unchanged[p] = true
}

#ifdef NO_VERSION
#define wordIsAsRead(p) (s == searching && t == top)
#else
#define wordIsAsRead(p) (s == searching && t == top && unchanged[p])
#endif

inline pop(p, nextSearching) {
    drain(p);
    assert(onStack[t]);
    onStack[t] = false;
    top = b;
    searching = nextSearching;
    stackChanges()
}

inline push(p, worker, nextSearching) {
    drain(p);
    assert(!onStack[worker]);
    onStack[worker] = true;
    top = worker;
    searching = nextSearching;
    stackChanges()
}

inline forget(p) {
    unchanged[p] = false; s = 0; b = 0; t = NONE; failed = false
}

/* S, and what Workers.signal does with who was taken off the stack; then the caller is no more on the way. */
inline signal(p) {
#ifndef NO_SIGNAL_FENCE
#define SIGNAL_FENCE drain(p);
#else
#define SIGNAL_FENCE
#endif
    do
    :: atomic {
           SIGNAL_FENCE
           readWord(p);
           if
           :: s > 0 || t == NONE -> t = NONE; break
           :: else
           fi
       };
       b = below[t];
       if
       :: d_step { wordIsAsRead(p) -> pop(p, 1) }; wake(p); break
       :: else
       fi
    od;
    atomic { forget(p); onTheWay-- }
}

/* Wakes or starts t. */
inline wake(p) {
    atomic {
        if
        :: permit[t] == ASKED -> permit[t] = GRANTED
        :: else ->
           assert(permit[t] == GONE && !alive[t]);
           if
           :: alive[t] = true
           :: toFail > 0 -> toFail--; unable[t] = true; failed = true
           fi
        fi
    }
#if FAIL > 0
    if
    :: failed -> wakeInPlaceOf(p)
    :: else
    fi
#endif
}

/* R: t could not be started. Others without a thread are set aside and put back. */
inline wakeInPlaceOf(p) {
    u = t;
    do
#ifdef NO_REPLACE
    :: d_step { readWord(p); below[u] = t; push(p, u, s - 1) }; break
#else
    :: readWord(p);
       if
       :: t == NONE ->
          below[u] = NONE;
          if
          :: d_step { wordIsAsRead(p) -> push(p, u, s - 1) }; break
          :: else
          fi
       :: else ->
          b = below[t];
          if
          :: d_step { wordIsAsRead(p) -> pop(p, s); aside[u] = true; u = t };
             if
             :: d_step { permit[u] == ASKED -> permit[u] = GRANTED }; break
             :: else -> assert(permit[u] == GONE); unable[u] = true /* one failure stands for all */
             fi
          :: else
          fi
       fi
#endif
    od;
    do
    :: d_step { aside[0] -> u = 0; aside[0] = false }; putBack(p)
    :: d_step { aside[1] -> u = 1; aside[1] = false }; putBack(p)
#if NW > 2
    :: d_step { aside[2] -> u = 2; aside[2] = false }; putBack(p)
#endif
    :: else -> break
    od;
    u = 0
}

inline putBack(p) {
    do
    :: d_step { readWord(p); below[u] = t };
       if
       :: d_step { wordIsAsRead(p) -> push(p, u, s) }; break
       :: else
       fi
    od
}

/* hasWork: look at each queue, one after the other. */
inline hasWork() {
    k = 0;
    do
    :: k < NW && deque[k] > 0 -> work = true; break
    :: k < NW && deque[k] == 0 -> k++
    :: k == NW -> work = injector > 0; break
    od;
    k = 0
}

/* L, and S if a task was seen. */
inline lookAndSignal(p) {
    hasWork();
    if
    :: work -> work = false; signal(p)
    :: else -> onTheWay--
    fi
}

#ifdef ENTRUST
/* L of Worker.isWorkLeft: the only task of worker g is left to it and to the watch, if there is no other. */
inline lookAndEntrust(p) {
    if
    :: g = 0
    :: g = 1
    fi;
    k = 0;
    do
    :: k < NW && (k == g || deque[k] == 0) -> k++
    :: k < NW && k != g && deque[k] > 0 -> work = true; break
    :: k == NW -> work = injector > 0; break
    od;
    k = 0;
    if
    :: work || deque[g] > 1 -> work = false; signal(p)
    :: d_step { !work && deque[g] == 1 -> onTheWay-- }; quicken()
    :: d_step { !work && deque[g] == 0 -> onTheWay-- }
    fi
}
#endif

/* P(x): one more in the buffer. */
#define P(p) buffer[p]++

/* Two at once are a batch: the second is in the hand, to be pushed. */
inline poll(counted) {
    d_step {
        if
        :: injector > 0 ->
           injector--;
           found = true;
           if
           :: injector > 0 -> injector--; hand = true; onTheWay = onTheWay + counted
           :: else
           fi
        :: else
        fi
    }
}

#ifdef WATCH
inline wakeUp() {
    awake[me] = true;
    if
    :: !watching -> watching = true
    :: else
    fi
}

inline quicken() {
    watching = true
}

inline fallAsleep() {
    awake[me] = false
}

inline isAnyAwake() {
    k = 0;
    do
    :: k < NW && !awake[k] -> k++
    :: k < NW && awake[k] -> any = true; break
    :: k == NW -> break
    od;
    k = 0
}

/* A tick: looks for tasks that woke nobody; ends when everybody sleeps. */
proctype Watch(byte me) {
    byte s, b, i, c, u, k;
    byte t = NONE;
    bool failed, work, any;
    bool aside[NW];
end:
    do
    :: watching ->
       hasWork();
       if
       :: work && searching == 0 && top != NONE -> work = false; onTheWay++; signal(me)
       :: work && !(searching == 0 && top != NONE) -> work = false
       :: !work ->
          isAnyAwake();
          if
          :: any -> any = false
          :: else ->
#ifdef NO_SECOND_LOOK
             watching = false
#else
             d_step { watching = false; secondLook = true };
             isAnyAwake();
             if
             :: any -> d_step { any = false; watching = true; secondLook = false }
             :: else -> secondLook = false
             fi
#endif
          fi
       fi
    od
}
#else
inline quicken() {
    skip
}

inline wakeUp() {
    skip
}

inline fallAsleep() {
    skip
}
#endif

proctype Maker(byte me) {
    byte s, b, i, c, u;
    byte t = NONE;
    bool failed;
    bool aside[NW];
    do
#ifdef SIGNAL_FIRST
    :: atomic { toMake > 0 -> toMake--; onTheWay++ };
       onTheWay++;
       signal(me);
       atomic { P(me); onTheWay-- }
#else
    :: atomic { toMake > 0 -> toMake--; onTheWay++; P(me) };
       signal(me)
#endif
    :: break
    od
}

proctype Worker(byte me) {
    byte s, b, i, c, u, k;
    byte t = NONE;
    bool failed, work, last, found, hand;
    bool aside[NW];
#ifdef ENTRUST
    byte g;
#endif

noThread:
end:
    atomic { alive[me] -> serving++; permit[me] = GRANTED };
    wakeUp();

search:
    /* TaskSource.scan */
    poll(0);
    if
    :: hand -> d_step { hand = false; found = false; P(me) }; goto stopSearching
    :: !hand && found -> found = false; goto stopSearching
    :: else
    fi;
    do
    :: k < NW && (k == me || deque[k] == 0) -> k++
    :: d_step { k < NW && k != me && deque[k] > 0 -> deque[k]--; k = 0 }; goto stopSearching
    :: k == NW -> k = 0; break
    od;
    goto park;

stopSearching:
    /* F */
#ifdef NO_STOP_FENCE
    if
    :: hasWork()
    :: skip
    fi;
#endif
    atomic {
        assert(searching > 0);
        last = (searching == 1 && top != NONE);
        onTheWay = onTheWay + last;
        searching--;
        drain(me)
    }
#ifdef NO_HAND_OVER
    onTheWay = onTheWay - last; last = false;
#endif
#ifdef NO_STOP_FENCE
    if
    :: last && work -> work = false; last = false; signal(me)
    :: last && !work -> last = false; onTheWay--
    :: else -> work = false
    fi;
#else
    if
    :: last -> last = false; lookAndSignal(me)
    :: else
    fi;
#endif

running:
    /* A task runs, and may submit others. */
    do
#ifdef FORK
    :: atomic { toSubmit > 0 -> toSubmit--; onTheWay++; P(me) };
       if
       :: searching == 0 && top != NONE -> signal(me)
       :: else -> onTheWay--
       fi
#else
    :: atomic { toSubmit > 0 -> toSubmit--; onTheWay++; P(me) };
       signal(me)
#endif
#ifdef ENTRUST
    :: d_step { toSubmit > 0 && deque[me] + buffer[me] == 0 -> toSubmit--; P(me); drain(me) }
#endif
    :: break
    od;

    /* TaskSource.next */
    if
    :: d_step { deque[me] + buffer[me] > 0 -> drain(me); deque[me]-- }; goto running
    :: else
    fi;
    poll(1);
    if
    :: hand -> d_step { hand = false; found = false; P(me) }; signal(me); goto running
    :: !hand && found -> found = false; goto running
    :: else
    fi;

    /* B */
    d_step { searching++; drain(me) };
    goto search;

park:
    /* K */
    permit[me] = ASKED;
    fallAsleep();
    do
    :: d_step { readWord(me); below[me] = t };
#ifdef NO_PARK_FENCE
       if
       :: hasWork()
       :: skip
       fi;
#endif
       if
       :: d_step {
              wordIsAsRead(me) ->
              assert(searching > 0);
              last = (searching == 1);
              onTheWay = onTheWay + last;
              unable[me] = false;
              push(me, me, searching - 1);
              forget(me)
          };
          break
       :: else
       fi
    od;
#ifdef NO_RECHECK
    onTheWay = onTheWay - last; last = false;
#endif
#ifdef NO_PARK_FENCE
    if
    :: last && work -> work = false; last = false; signal(me)
    :: last && !work -> last = false; onTheWay--
    :: else -> work = false
    fi;
#else
    if
    :: last -> last = false; lookAndSignal(me)
#ifdef ENTRUST
    :: last -> last = false; lookAndEntrust(me); g = 0
#endif
    :: else
    fi;
#endif

end_await:
    if
    :: permit[me] == GRANTED
#ifdef REST
#ifdef REST_TO_ZERO
    :: d_step { permit[me] == ASKED -> serving-- };
#else
    :: d_step { permit[me] == ASKED && serving > 1 -> serving-- };
#endif
       if
       :: d_step { permit[me] == ASKED -> permit[me] = GONE; alive[me] = false }; goto noThread
       :: else -> serving++
       fi
#endif
    fi;
    wakeUp();
    goto search
}

/* The store buffers empty themselves at some time. */
proctype Memory() {
    byte p;
end:
    do
    :: d_step { buffer[0] > 0 -> buffer[0]--; deque[0]++ }
    :: d_step { buffer[1] > 0 -> buffer[1]--; deque[1]++ }
#if NW > 2
    :: d_step { buffer[2] > 0 -> buffer[2]--; deque[2]++ }
#endif
    :: d_step { buffer[NW] > 0 -> buffer[NW]--; injector++ }
#if NM > 1
    :: d_step { buffer[NW + 1] > 0 -> buffer[NW + 1]--; injector++ }
#endif
    od
}

#if NW > 2
#define queued (injector + deque[0] + deque[1] + deque[2] > 0)
#define able ((onStack[0] && !unable[0]) || (onStack[1] && !unable[1]) || (onStack[2] && !unable[2]))
#else
#define queued (injector + deque[0] + deque[1] > 0)
#define able ((onStack[0] && !unable[0]) || (onStack[1] && !unable[1]))
#endif

#ifdef WATCH
#define BAD (queued && searching == 0 && able && onTheWay == 0 && !watching && !secondLook)
#else
#define BAD (queued && searching == 0 && able && onTheWay == 0)
#endif

proctype Proof() {
end:
    if
    :: atomic { BAD -> assert(!BAD) }
    :: atomic { timeout -> assert(!queued) }
    fi
}

init {
    byte i;
    atomic {
        forAll(i) { below[i] = i + 1; onStack[i] = true }
        /* Workers starts the first. */
        onStack[0] = false;
        top = 1;
        searching = 1;
        alive[0] = true;
        forAll(i) { run Worker(i) }
        for (i : 0 .. NM - 1) { run Maker(NW + i) }
        run Memory();
#ifdef WATCH
        run Watch(THE_WATCH);
#endif
        run Proof()
    }
}
