namespace BroadcastCaptions.Speech.Arithmetic;

/// <summary>
/// Threads that share work of some microseconds. Whoever is free takes the next piece, so that one whose core another program took holds up no more than the piece in
/// its hands. Helpers look out for work for a moment, then sleep: between two recognitions they cost nothing. Allocates nothing.
/// </summary>
internal sealed class Crew : IDisposable
{
    private const int Patience = 300; // looks, some 20 µs: from one product to the next
    private const int Pause = 8; // of the processor, between two looks
    private const int RunShift = 32;

    private readonly object _door = new();
    private Action<int, int> _work = static (_, _) => { };
    private int _pieces;
    private int _done;
    private long _left; // the run's number, and below it how many of its pieces nobody has taken: down to none, so that who is late finds none, whatever the next run has
    private int _asleep;
    private volatile bool _ended;

    /// <summary>Begins.</summary>
    /// <param name="workers">Threads, the caller's included.</param>
    /// <param name="runs">The number of the last run, as if there had been as many: they are counted in 32 bits, and go round.</param>
    public Crew(int workers, int runs = 0)
    {
        Workers = workers;
        _left = (long)runs << RunShift;
        for (var i = 1; i < workers; i++)
        {
            var worker = i;
            new Thread(() => Help(worker, runs)) { Name = "captions-crew", IsBackground = true }.Start();
        }
    }

    /// <summary>Threads, the caller's included.</summary>
    public int Workers { get; }

    /// <summary>Does all pieces, and returns when they are done. By one thread at a time.</summary>
    /// <param name="pieces">How many.</param>
    /// <param name="work">Does one: a worker's number from 0 on, and the piece's. It throws nothing.</param>
    public void Run(int pieces, Action<int, int> work)
    {
        if (Workers == 1 || pieces == 1)
        {
            for (var i = 0; i < pieces; i++) work(0, i);
            return;
        }

        (_work, _pieces, _done) = (work, pieces, 0);
        var run = unchecked(RunOf(Volatile.Read(ref _left)) + 1);
        Interlocked.Exchange(ref _left, ((long)run << RunShift) | (uint)pieces);
        Wake();
        Work(0, run);
        var wait = default(SpinWait);
        while (Volatile.Read(ref _done) < pieces) wait.SpinOnce(sleep1Threshold: -1);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ended = true;
        Interlocked.MemoryBarrier();
        Wake();
    }

    private static int RunOf(long left) => (int)(left >> RunShift);

    private void Work(int worker, int run)
    {
        while (true)
        {
            var left = Volatile.Read(ref _left);
            if (RunOf(left) != run || (int)left == 0) return;
            if (Interlocked.CompareExchange(ref _left, left - 1, left) != left) continue;
            _work(worker, _pieces - (int)left);
            Interlocked.Increment(ref _done);
        }
    }

    private void Help(int worker, int known)
    {
        while (true)
        {
            for (var looks = 0; IsOver(known) && looks < Patience; looks++) Thread.SpinWait(Pause);
            if (IsOver(known)) SleepBehind(known);
            if (_ended) return;
            known = RunOf(Volatile.Read(ref _left));
            Work(worker, known);
        }
    }

    private bool IsOver(int run) => !_ended && RunOf(Volatile.Read(ref _left)) == run;

    private void SleepBehind(int run)
    {
        lock (_door)
        {
            Interlocked.Increment(ref _asleep); // seen by whoever begins the next run, or its beginning is seen here
            while (IsOver(run)) Monitor.Wait(_door);
            Interlocked.Decrement(ref _asleep);
        }
    }

    private void Wake()
    {
        if (Volatile.Read(ref _asleep) == 0) return;
        lock (_door) Monitor.PulseAll(_door);
    }
}
