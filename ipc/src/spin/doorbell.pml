/*
 * How the two sides of a mapped file sleep and wake each other, for SPIN. Words, flags and methods have the names of
 * RingWriter and RingReader (edges WRITTEN, TAKEN), SleepFlag (SLEEP), Bell, RingLink and RingLayout; what calls them is Output
 * and Input. A record is one byte here. Commit words are stored in order, so they are modelled by how many are: tail.
 *
 * Threads    Ring r leads from side r to side 1 - r. Thread r reads ring r, thread 2 + r writes it; so on side s there are
 *            reader 1 - s and writer 2 + s, which sleep each in a selector of its own, both for the socket of the side.
 * Memory     A store stands in a store buffer until a full fence of its thread, or until the process Memory moves it.
 *            Stores to different words leave in any order, but for tail, which does not leave before the bytes in front of
 *            it: as release and opaque stores may, or weaker, and weaker than total store order. getAndSet acts in memory
 *            and empties no buffer; nor does the socket. Only a process that dies leaves an empty one.
 * Socket     rung: there are bytes; who reads takes all. ended: after them comes the end. Selectors are level-triggered.
 * Time       A sleep ends by its time limit or by an interrupt DISTURB times, to nobody's rescue: a bell that is lost is
 *            an error, although the code would look again within LONGEST_SLEEP. SLEEP_UNHEARD always passes.
 * Checked    That when nobody can move, nobody sleeps on bytes, on room, on the end of his socket or on a close; that each
 *            byte read is the one written; that the end comes after all that was committed; that a sleep is rung for once
 *            at most, and nobody whose flag was cleared in memory.
 * Sizes      -DN0 -DN1 records to be written to ring 0 and to ring 1, -DCAP records in a ring, -DWANTED what is room, -DEIGHTH
 *            after how many a reader moves HEAD though there are more.
 * Parts      -DONE_WAY  ring 0 only: no writer on side 1, no reader on side 0
 *            -DSPINS    on side 0 nobody sleeps
 *            -DDIE      a side dies, at any point
 *            -DCLOSE    a side is closed, at any point
 *            -DLAZY     who receives may do so no more, and stay
 *            -DEND      writers that are through close their output, or stay
 * Defects    -DNO_WAKES_FENCE  -DNO_SLEEPS_FENCE  -DNO_RECHECK  -DNO_EXCHANGE  -DNOT_TAKEN  -DNOT_AWAKE  -DWAKES_FIRST
 *            -DWRONG_FLAG  -DBELL_TAKEN_FOR_BYTES  -DWAKES_ITSELF  -DTAKEN_AND_GONE  -DEND_FOR_ONE  -DEND_WAKES_NOBODY
 *            -DEND_BEFORE_BYTES  -DUNHEARD  -DNO_WAKE_WRITER  -DPUBLISHED_FIRST  -DGIVEN_BACK_FIRST
 */
#ifndef N0
#define N0 2
#endif
#ifndef N1
#define N1 0
#endif
#ifndef CAP
#define CAP 1
#endif
#ifndef WANTED
#define WANTED 1
#endif
#ifndef EIGHTH
#define EIGHTH 1
#endif
#ifndef DISTURB
#define DISTURB 1
#endif

mtype = { NOTHING, ZERO, ONE };

/* The words of both rings. A byte's value is its position, counted from 1. */
byte tail[2], head[2];
bool flag[4];               /* [r] is READER_SLEEPS, [2 + r] is WRITER_SLEEPS of ring r */
byte bytes[2 * CAP];

/* What stands in store buffers. */
byte published[2];          /* by a writer: commit words, as last stored */
byte givenBack[2];          /* a reader's HEAD, as last stored */
mtype ownFlag[4] = NOTHING; /* of the thread whose flag it is */
byte written[2 * CAP];      /* of a writer; 0 is none */
#ifdef NO_EXCHANGE
bool taking[4];             /* of the thread that wakes */
#endif

/* Sockets, and Bell, for each side. */
bool rung[2];
bool ended[2];
bool shut[2];               /* has shut its output down */
bool closed[2];
bool dead[2];
bool over[2];               /* neither selector has an interest in the socket any more */
bool wakeup[4];             /* Selector.wakeup, of each thread */

bool closing[2];            /* Output's phase is CLOSED */
byte disturbances = DISTURB;

/* Known to the proof only. */
bool asleep[4];             /* from a sleeps to the awake after it */
bool bellDue[4];            /* no bell yet for the last sleep, whose flag may still be seen */

#define isGone(side) (closed[side] || dead[side])

/* ------------------------------------------------------------------ memory */

/* VarHandle.fullFence of thread t; in a d_step. */
inline fullFence(t) {
    if
    :: t < 2 -> head[t] = givenBack[t]
    :: else ->
       leaveByte((t - 2) * CAP);
#if CAP > 1
       leaveByte((t - 2) * CAP + 1);
#endif
       tail[t - 2] = published[t - 2]
    fi;
    leaveFlag(t);
#ifdef NO_EXCHANGE
    leaveTaking((t + 2) % 4)
#endif
}

inline leaveByte(i) {
    if
    :: written[i] != 0 -> bytes[i] = written[i]; written[i] = 0
    :: else
    fi
}

inline leaveFlag(t) {
    if
    :: ownFlag[t] != NOTHING ->
       flag[t] = (ownFlag[t] == ONE);
       bellDue[t] = bellDue[t] && asleep[t];
       ownFlag[t] = NOTHING
    :: else
    fi
}

#ifdef NO_EXCHANGE
inline leaveTaking(t) {
    if
    :: taking[t] -> flag[t] = false; taking[t] = false
    :: else
    fi
}
#endif

#if CAP > 1
#define noByteBefore(r) (written[(r) * CAP] == 0 && written[(r) * CAP + 1] == 0)
#else
#define noByteBefore(r) (written[r] == 0)
#endif
#ifdef PUBLISHED_FIRST
#define mayLeave(r) true
#else
#define mayLeave(r) noByteBefore(r)
#endif

/* The store buffers empty themselves at some time. */
proctype Memory() {
    byte r;
end:
    do
    :: d_step { tail[0] != published[0] && mayLeave(0) -> tail[0] = published[0] } /* WRITTEN */
    :: d_step { head[0] != givenBack[0] -> head[0] = givenBack[0] } /* TAKEN */
    :: d_step { written[0] != 0 -> leaveByte(0) }
    :: d_step { ownFlag[0] != NOTHING -> leaveFlag(0) }
    :: d_step { ownFlag[2] != NOTHING -> leaveFlag(2) }
#ifndef ONE_WAY
    :: d_step { tail[1] != published[1] && mayLeave(1) -> tail[1] = published[1] }
    :: d_step { head[1] != givenBack[1] -> head[1] = givenBack[1] }
    :: d_step { written[CAP] != 0 -> leaveByte(CAP) }
    :: d_step { ownFlag[1] != NOTHING -> leaveFlag(1) }
    :: d_step { ownFlag[3] != NOTHING -> leaveFlag(3) }
#endif
#if CAP > 1
    :: d_step { written[1] != 0 -> leaveByte(1) }
#ifndef ONE_WAY
    :: d_step { written[3] != 0 -> leaveByte(3) }
#endif
#endif
#ifdef NO_EXCHANGE
    :: d_step { taking[0] -> leaveTaking(0) }
    :: d_step { taking[2] -> leaveTaking(2) }
#ifndef ONE_WAY
    :: d_step { taking[1] -> leaveTaking(1) }
    :: d_step { taking[3] -> leaveTaking(3) }
#endif
#endif
    od
}

/* ------------------------------------------------------------------ SleepFlag */

/* SleepFlag.set: setOpaque(flag, 1), fullFence. */
inline sleeps(t) {
    d_step {
        ownFlag[t] = ONE; /* SLEEP */
        asleep[t] = true;
        bellDue[t] = true;
#ifndef NO_SLEEPS_FENCE
        fullFence(t) /* SLEEP */
#endif
    }
}

/* SleepFlag.clear: setOpaque(flag, 0). */
inline awake(t) {
    d_step {
#ifndef NOT_AWAKE
        ownFlag[t] = ZERO;
#endif
        asleep[t] = false
    }
}

/* SleepFlag.take by thread me: fullFence, getOpaque(flag), getAndSet(flag, 0). Then slept says whether to ring. */
inline wakes(t) {
    d_step {
#ifndef NO_WAKES_FENCE
        fullFence(me); /* SLEEP */
#endif
        slept = flag[t] /* SLEEP */
    };
    if
    :: d_step {
           slept -> /* SLEEP */
#ifdef NO_EXCHANGE
           taking[t] = true;
#else
           slept = flag[t];
#ifndef NOT_TAKEN
           flag[t] = false;
#endif
#endif
           if
           :: slept ->
#ifndef NO_EXCHANGE /* which rings for somebody awake, too; but worse shows then */
              assert(asleep[t] || ownFlag[t] == ZERO || dead[1 - side]);
              assert(bellDue[t]);
#endif
              bellDue[t] = false
           :: else
           fi
       }
    :: !slept
    fi
}

/* ------------------------------------------------------------------ Bell */

/* Bell.ring: a byte to the other side. Then failed says whether that is not possible. */
inline ring() {
    d_step {
        slept = false;
        failed = shut[side] || isGone(1 - side);
        if
        :: !failed -> rung[1 - side] = true
        :: else
        fi
    }
}

#define readable (rung[side] || ended[side])

/* Bell.look(others), which holds turn: takes what is on the socket, and wakes the selectors given; in a d_step. */
inline lookFor(reader, writer) {
    if
    :: rung[side] -> rung[side] = false; toWake = true
    :: else ->
       over[side] = true; /* and ignoreIn */
#ifndef END_FOR_ONE
       toWake = true
#endif
    fi;
    wakeup[1 - side] = wakeup[1 - side] || toWake && (reader);
    wakeup[2 + side] = wakeup[2 + side] || toWake && (writer);
    toWake = false
}

/* Bell.isOver: may look, if a millisecond has passed since somebody did. A look at nothing changes nothing. */
inline isOver() {
    if
    :: d_step { !over[side] && readable -> lookFor(true, true); isOverNow = over[side] }
    :: isOverNow = over[side]
    fi
}

/* How Bell.awaitForReader and awaitForWriter go on when they come out of the selector: the other is woken. */
inline look() {
    if
#ifdef WAKES_ITSELF
    :: d_step { readable -> lookFor(me < 2, me >= 2) }
#else
    :: d_step { readable -> lookFor(me >= 2, me < 2) }
#endif
    :: !readable
    fi
}

/* SocketWire.await: into the selector of this thread, which forgets a wakeup however it comes out. */
#ifdef END_WAKES_NOBODY
#define isWoken (wakeup[me] || rung[side])
#else
#define isWoken (wakeup[me] || !over[side] && readable)
#endif

/* Bell.end, and the side's socket closed by Bell.close. */
inline endOutput() {
    d_step { shut[side] = true; ended[1 - side] = true }
}

inline closeWire() {
    d_step { closed[side] = true; ended[1 - side] = true }
}

/* ------------------------------------------------------------------ RingLink */

/* RingReader.poll of one record that is there. */
inline copyOut() {
#ifdef GIVEN_BACK_FIRST
    givenBack[me] = own + 1;
#endif
    d_step {
        assert(bytes[me * CAP + own % CAP] == own + 1);
        own++
    }
}

#ifdef GIVEN_BACK_FIRST
#define isHeadDue true
#else
#define isHeadDue (own - givenBack[me] >= EIGHTH)
#endif

/* RingReader.giveBack, and the bell for a writer that sleeps. */
inline giveBack() {
    givenBack[me] = own; /* TAKEN */
#ifdef WRONG_FLAG
    wakes(me);
#else
    wakes(2 + me);
#endif
    if
    :: slept -> ring(); failed = false
    :: !slept
    fi
}

/* The thread that receives on a side: Input, that is RingLink.read again and again. */
proctype Reader(byte me; byte side) {
    byte own, other, count;
    bool slept, failed, isOverNow, interrupted, toWake;
    {
        interrupted = false;
read:
        if
        :: closed[side] -> goto done
        :: d_step { !closed[side] -> other = tail[me] } /* WRITTEN */
#ifdef LAZY
        :: !closed[side] -> goto done
#endif
        fi;
        if
        :: other > own ->
           copyOut();
           if
           :: isHeadDue -> giveBack()
           :: else
           fi;
           goto read
        :: else
        fi;
        if
        :: own != givenBack[me] -> giveBack()
        :: else
        fi;
        isOver();
        if
        :: isOverNow ->
           isOverNow = false;
#ifndef END_BEFORE_BYTES
           other = tail[me]; /* WRITTEN: what came before the end */
#endif
           if
           :: other > own -> goto read
           :: else ->
              assert(own == tail[me] && tail[me] == published[me]);
              goto done
           fi
        :: else
        fi;

        /* sleepForRecord */
#ifdef SPINS
        if
        :: side == 0 ->
end_spin:
           if
           :: tail[me] != own || ended[side] || closed[side] -> goto read
           fi
        :: else
        fi;
#endif
        sleeps(me);
#ifndef NO_RECHECK
        other = tail[me]; /* SLEEP: hasRecord */
        if
        :: other > own -> awake(me); goto read
        :: else
        fi;
#endif
        isOver();
        if
        :: isOverNow -> isOverNow = false; awake(me); goto read
        :: else
        fi;
end_select:
        if
        :: closed[side] -> awake(me); goto done
        :: d_step { isWoken -> wakeup[me] = false }
        :: d_step { disturbances > 0 -> disturbances--; wakeup[me] = false } /* its time is up */
        :: d_step { disturbances > 0 -> disturbances--; wakeup[me] = false; interrupted = true }
        fi;
        if
        :: interrupted ->
           interrupted = false;
#ifdef TAKEN_AND_GONE
           rung[side] = false
#endif
        :: !interrupted -> look()
        fi;
#ifdef BELL_TAKEN_FOR_BYTES
        if
        :: !over[side] -> goto end_select
        :: else
        fi;
#endif
        awake(me);
        goto read
    } unless { dead[side] };
done:
    asleep[me] = false
}

/* The threads that send on a side, one at a time: Output and its pump, that is RingLink.write and awaitRoom. */
proctype Writer(byte me; byte side; byte toWrite) {
    byte own, other, count, length;
    bool slept, failed, isOverNow, interrupted, toWake;
    {
        interrupted = false;
send:
        if
        :: d_step { toWrite > 0 -> length = 1; toWrite-- }
#if CAP > 1
        :: d_step { toWrite > 1 -> length = toWrite; toWrite = 0 }
#endif
        :: toWrite == 0 -> goto through
        fi;
write:
        if
        :: closing[side] -> closeWire(); goto done
        :: !closing[side]
        fi;
        if
        :: isOver() /* every 64th time */
        :: skip
        fi;
        if
        :: isOverNow ->
           isOverNow = false;
           ring(); /* which fails if the other side is gone and not just silent */
           if
           :: failed -> goto giveUp
           :: else
           fi
        :: else
        fi;
        if
        :: length > CAP - (own - other) -> other = head[side] /* TAKEN: hasRoom */
        :: else
        fi;
        count = CAP - (own - other);
        if
        :: count > length -> count = length
        :: else
        fi;
        if
        :: count > 0 ->
#ifdef WAKES_FIRST
           wakes(side);
#endif
           d_step {
               length = length - count;
               do
               :: count > 0 -> written[side * CAP + own % CAP] = own + 1; own++; count--
               :: else -> break
               od;
               published[side] = own /* WRITTEN: commit */
           };
#ifndef WAKES_FIRST
           wakes(side);
#endif
           if
           :: slept ->
              ring();
              if
              :: failed -> goto giveUp
              :: else
              fi
           :: !slept
           fi
        :: else
        fi;
        if
        :: length == 0 -> goto send
        :: else
        fi;
        if
        :: closing[side] -> closeWire(); goto done
        :: !closing[side]
        fi;

        /* sleepForRoom */
#ifdef SPINS
        if
        :: side == 0 ->
end_spin:
           if
           :: CAP - (own - head[side]) >= WANTED || ended[side] || closing[side] -> goto write
           fi
        :: else
        fi;
#endif
        sleeps(me);
#ifndef NO_RECHECK
        other = head[side]; /* SLEEP: hasRoom */
        if
        :: CAP - (own - other) >= WANTED -> awake(me); goto write
        :: else
        fi;
#endif
        isOver();
        if
        :: isOverNow ->
           isOverNow = false;
           ring();
           if
           :: failed -> awake(me); goto giveUp
           :: else
           fi
        :: else
        fi;
        isOver(); /* of awaitForWriter */
end_select:
        if
        :: d_step { isWoken -> wakeup[me] = false }
#ifndef UNHEARD
        :: d_step { isOverNow -> wakeup[me] = false } /* SLEEP_UNHEARD is up */
#endif
        :: d_step { disturbances > 0 -> disturbances--; wakeup[me] = false }
        :: d_step { disturbances > 0 -> disturbances--; wakeup[me] = false; interrupted = true }
        fi;
        isOverNow = false;
        if
        :: interrupted ->
           interrupted = false;
#ifdef TAKEN_AND_GONE
           rung[side] = false
#endif
        :: !interrupted -> look()
        fi;
        awake(me);
        goto write;

giveUp:
        failed = false;
        if
        :: closing[side] -> closeWire(); goto done
        :: !closing[side] -> endOutput(); goto done
        fi;
through:
end_through:
        if
        :: closing[side] -> closeWire()
#ifdef END
        :: !closing[side] -> endOutput()
#endif
        fi
    } unless { dead[side] };
done:
    asleep[me] = false;
end_done:
    /* Whoever closes now finds the turn free. */
    if
    :: closing[side] && !closed[side] -> closeWire()
    fi
}

/* ------------------------------------------------------------------ what befalls a side */

#ifdef CLOSE
/* Output.close: the phase, then wakeWriter. The writer closes, who has the turn, or finds closing. */
proctype Closer() {
    byte side;
end:
    if
    :: side = 0
    :: side = 1
    fi;
    closing[side] = true;
#ifndef NO_WAKE_WRITER
    wakeup[2 + side] = true;
#endif
#ifdef ONE_WAY
    if
    :: side == 1 -> closeWire()
    :: else
    fi
#endif
}
#endif

#ifdef DIE
/* SIGKILL: what its threads had stored is in memory before the kernel closes its socket. */
proctype Killer() {
end:
    if
    :: d_step { !dead[0] -> fullFence(2); fullFence(1); dead[0] = true; ended[1] = true }
    :: d_step { !dead[1] -> fullFence(0); fullFence(3); dead[1] = true; ended[0] = true }
    fi
}
#endif

proctype Proof() {
    bool readerSleepsOnBytes, writerSleepsOnRoom, sleepsOnTheEnd, sleepsOnAClose;
    byte r;
end:
    timeout ->
    d_step {
        do
        :: r < 2 ->
           readerSleepsOnBytes = readerSleepsOnBytes || asleep[r] && !isGone(1 - r) && tail[r] != head[r];
           writerSleepsOnRoom = writerSleepsOnRoom ||
                   asleep[2 + r] && !isGone(r) && CAP - (tail[r] - head[r]) >= WANTED;
           sleepsOnTheEnd = sleepsOnTheEnd || !isGone(r) && ended[r] && (asleep[1 - r] || asleep[2 + r]);
           sleepsOnAClose = sleepsOnAClose || closing[r] && !isGone(r);
           r++
        :: else -> break
        od;
        assert(!readerSleepsOnBytes);
        assert(!writerSleepsOnRoom);
        assert(!sleepsOnTheEnd);
        assert(!sleepsOnAClose)
    }
}

init {
    atomic {
        run Reader(0, 1);
        run Writer(2, 0, N0);
#ifndef ONE_WAY
        run Reader(1, 0);
        run Writer(3, 1, N1);
#endif
#ifdef CLOSE
        run Closer();
#endif
#ifdef DIE
        run Killer();
#endif
        run Memory();
        run Proof()
    }
}
