/*
 * Who writes a partition's file, and from which offset on: the protocol of bulletin-indexer, for Spin (spinroot.com).
 *
 * One partition, three indexers. Indexers 0 and 1 share a data folder (file 0), indexer 2 has its own (file 1). The group
 * gives the partition to one of them, asks it back, or takes it for dead; who is taken for dead may go on writing until it
 * hears of it, for as long as it likes (a zombie: SIGSTOP, a hung disk, a worker that is given up in mid-commit). Indexers
 * crash at any step, SQLite rolls back what was not committed, and the crashed start again.
 *
 * Properties:
 *   safe      each file holds exactly the records below its offset, each once (nothing lost, nothing applied twice, no gap),
 *             whether or not anybody is in mid-transaction; Kafka's committed offset is never ahead of both files
 *   done      once faults and rebalances end, some file holds the whole log
 *   upToDate  ... and so does the owner's, for good
 *
 * Mistakes that have to break them (scripts/check-models.sh tries each):
 *   -DNO_COMPARE -DRESUME_FROM_KAFKA  begins at Kafka's offset and does not compare it with the file's (the comparison alone
 *                                     makes even that harmless)
 *   -DNO_COMPARE         writes without comparing the file's offset
 *   -DSPLIT_COMMIT       commits rows and offset in two transactions
 *   -DMIRROR_FIRST       tells Kafka before the transaction is committed
 *   -DNO_FOLLOW          tries the same batch again when the comparison fails
 *   -DDROP_REST          goes on behind the batch in hand when the comparison fails, also where the other writer has
 *                        applied a part of it only
 */

#define RECORDS 3
#define INDEXERS 3
#define NOBODY 9
#ifndef FAULTS
#define FAULTS 2
#endif
#ifndef MOVES
#define MOVES 2
#endif

byte owner = NOBODY;        /* whom the group has given the partition to */
bool believes[INDEXERS];    /* what the indexer knows of that */
bool revoked[INDEXERS];     /* asked back, not given up yet */
bool lost[INDEXERS];        /* taken away; the indexer has not heard of it yet */
byte next[2];               /* each file's offset */
byte applied[6];            /* file * RECORDS + record: how often its rows were written */
byte lock[2] = NOBODY;      /* SQLite's write lock */
byte mirrored;              /* Kafka's committed offset */
byte faults, moves;

#define HOLDS(f, k) (applied[(f) * RECORDS + (k)] == (next[f] > (k)))
#define PREFIX(f) (HOLDS(f, 0) && HOLDS(f, 1) && HOLDS(f, 2))
/* Where the next batch begins: what was read is not read again. */
#ifdef DROP_REST
#define FROM (cursor > position -> cursor : position)
#else
#define FROM position
#endif
#define WHOLE(f) (next[f] == RECORDS)

#define SAFE (PREFIX(0) && PREFIX(1) && (mirrored <= next[0] || mirrored <= next[1]))

/* For formulas, which take no arrays: the two files hold the whole log. */
bool whole0, whole1;

ltl done { <> (whole0 || whole1) }
ltl upToDate { <> [] ((owner == 2 && whole1) || (owner < 2 && whole0)) }

active proctype Safe() {
    atomic { !SAFE -> assert(SAFE) }
}

active proctype Group() {
    do
    :: atomic { owner == NOBODY ->
            if
            :: owner = 0
            :: owner = 1
            :: owner = 2
            fi;
            believes[owner] = true
        }
    /* A rebalance. */
    :: atomic { owner != NOBODY && believes[owner] && !revoked[owner] && moves < MOVES ->
            moves++; revoked[owner] = true }
    /* The session of one that crashed, or that has given up, is over. */
    :: atomic { owner != NOBODY && !believes[owner] -> owner = NOBODY }
    /* One that lives is taken for dead, or did not give up in time. */
    :: atomic { owner != NOBODY && believes[owner] && faults < FAULTS ->
            faults++; lost[owner] = true; owner = NOBODY }
    od
}

inline forget() {
    believes[me] = false; revoked[me] = false; lost[me] = false
}

inline crash() {
    faults++;
    if
    :: lock[file] == me -> lock[file] = NOBODY    /* the system frees it, SQLite rolls back */
    :: else
    fi;
    forget();
    position = 0; end = 0
}

proctype Indexer(byte me; byte file) {
    byte position, end, record;
#ifdef DROP_REST
    byte cursor;
#endif
assigned:
    believes[me];
#ifdef DROP_REST
    cursor = 0;
#endif
#ifdef RESUME_FROM_KAFKA
    position = mirrored;
#else
    position = next[file];
#endif
    do
    :: atomic { lost[me] -> forget(); position = 0; goto assigned }
    :: atomic { revoked[me] && !lost[me] -> forget(); position = 0;
            if
            :: owner == me -> owner = NOBODY
            :: else
            fi;
            goto assigned
        }
    :: atomic { faults < FAULTS -> crash(); goto assigned }
    :: atomic { !lost[me] && !revoked[me] && FROM < RECORDS && lock[file] == NOBODY -> lock[file] = me };
        /* A batch of any size. */
        if
        :: end = FROM + 1
        :: FROM + 2 < RECORDS -> end = FROM + 2
        :: end = RECORDS
        fi;
#ifdef MIRROR_FIRST
        atomic { if :: owner == me -> mirrored = end :: else fi };
#endif
        if
        :: atomic { faults < FAULTS -> crash(); goto assigned }
#ifndef NO_COMPARE
        /* Somebody else was here: follow. */
        :: atomic { next[file] != position ->
                lock[file] = NOBODY;
#ifdef DROP_REST
                cursor = end;
#endif
#ifndef NO_FOLLOW
                position = next[file];
#endif
                end = 0
           }
        :: atomic { next[file] == position ->
#else
        :: atomic { true ->
#endif
                record = FROM;
                do
                :: record < end -> applied[file * RECORDS + record]++; record++
                :: else -> break
                od;
                record = 0
#ifdef SPLIT_COMMIT
           };
           atomic {
#endif
                next[file] = end; lock[file] = NOBODY;
                whole0 = WHOLE(0); whole1 = WHOLE(1)
           };
           /* Killed here, Kafka does not hear of it; a commit of one that is not the owner is refused. */
           if
           :: atomic { faults < FAULTS -> crash(); goto assigned }
           :: atomic { true ->
                if
                :: owner == me -> mirrored = end
                :: else
                fi;
                position = end; end = 0
              }
           fi
        /* Lost in mid-transaction: rolled back. */
        :: atomic { lost[me] -> lock[file] = NOBODY; end = 0 }
        fi
    od
}

init {
    atomic {
        run Indexer(0, 0);
        run Indexer(1, 0);
        run Indexer(2, 1)
    }
}
