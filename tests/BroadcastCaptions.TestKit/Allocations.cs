namespace BroadcastCaptions.TestKit;

/// <summary>What a thread allocates in steady state.</summary>
public static class Allocations
{
    private const int Rounds = 5;

    /// <summary>
    /// Runs the action until it is compiled, then counts what it allocates on this thread. The runtime itself allocates now
    /// and then, when it compiles a method anew; what an action allocates it allocates in every round, so the least counts.
    /// </summary>
    /// <param name="action">What must not allocate.</param>
    /// <param name="times">How often it runs in a round.</param>
    /// <returns>Bytes of the round with the fewest.</returns>
    public static long Of(Action action, int times = 50)
    {
        for (var i = 0; i < times; i++) action();
        var least = long.MaxValue;
        for (var round = 0; round < Rounds && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < times; i++) action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
