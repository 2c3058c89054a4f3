using BroadcastCaptions.Obs.Session;

namespace BroadcastCaptions.Obs.Tests;

public class BackoffTests
{
    [Fact]
    public void Doubles_up_to_the_longest_and_begins_anew_after_a_success()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(10), () => 1);
        Assert.Equal([0.5, 1, 2, 4, 8, 10, 10], Enumerable.Range(0, 7).Select(_ => backoff.Next().TotalSeconds));
        backoff.Reset();
        Assert.Equal(0.5, backoff.Next().TotalSeconds);
    }

    [Fact]
    public void Jitter_takes_up_to_a_fifth_away() =>
        Assert.Equal(0.4, new Backoff(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(10), () => 0).Next().TotalSeconds, 6);
}
