using BroadcastCaptions.Captions;
using BroadcastCaptions.Events;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Pipeline;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Tests.Pipeline;

public sealed class EventHubTests
{
    [Fact]
    public async Task A_sink_that_cannot_be_closed_is_told_and_keeps_no_other_open()
    {
        var told = new List<ComponentState>();
        var hub = new EventHub(new MediaClock(TimeProvider.System), new Counters(), told.Add);
        var (broken, sound) = (new ClosingSink { Fails = true }, new ClosingSink());
        hub.Add(broken);
        hub.Add(sound);
        hub.Publish(new ClearEvent(default));

        await hub.DisposeAsync();

        Assert.Equal([new ComponentState("closing", Health.Failed, "closing could not be closed: it is broken")], told);
        Assert.Equal((2, true), (sound.Handled, sound.IsClosed)); // it hears that, too
    }

    private sealed class ClosingSink : ICaptionSink
    {
        public bool Fails { get; init; }

        public int Handled { get; private set; }

        public bool IsClosed { get; private set; }

        public string Name => "closing";

        public Overflow Overflow => Overflow.KeepAll;

        public ValueTask HandleAsync(CaptionEvent captionEvent, CancellationToken cancellation)
        {
            Handled++;
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            IsClosed = true;
            return Fails ? throw new IOException("it is broken") : ValueTask.CompletedTask;
        }
    }
}
