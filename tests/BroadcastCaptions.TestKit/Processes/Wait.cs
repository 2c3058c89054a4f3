using System.Diagnostics;

namespace BroadcastCaptions.TestKit.Processes;

/// <summary>Waiting for something to become true. The limits are there to end a broken run, not to assert speed.</summary>
public static class Wait
{
    /// <summary>Long enough for anything on a busy machine.</summary>
    public static TimeSpan Generous { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="condition">Asked every 20 ms.</param>
    /// <param name="limit">After this a <see cref="TimeoutException"/> is thrown.</param>
    /// <param name="what">What is waited for, for the message.</param>
    public static Task UntilAsync(Func<bool> condition, TimeSpan limit, string what) =>
        UntilAsync(() => Task.FromResult(condition()), limit, what);

    /// <inheritdoc cref="UntilAsync(Func{bool}, TimeSpan, string)"/>
    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan limit, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > limit) throw new TimeoutException($"Waited {limit.TotalSeconds:0} s in vain for: {what}.");
            await Task.Delay(20);
        }
    }
}
