using BroadcastCaptions.Captions;
using BroadcastCaptions.Events;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Pipeline;
using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Tests.Pipeline;

public sealed class SinkChannelTests
{
    private readonly Counters _counters = new();

    [Fact]
    public async Task Screen_that_falls_behind_sees_the_latest_block_and_the_rest_is_counted()
    {
        var sink = new HeldSink(Overflow.LatestWins);
        await using (var channel = new SinkChannel(sink, _counters, _ => { }))
        {
            channel.Post(Cue(1));
            await sink.Entered;
            for (var revision = 2; revision <= 50; revision++) channel.Post(Cue(revision));
            sink.Release();
        }

        Assert.Equal([1, 50], sink.Handled.OfType<CueEvent>().Select(e => e.Cue.Revision));
        Assert.Equal(48, _counters.Get("sink.held.dropped").Value);
    }

    [Fact]
    public async Task Clear_overtakes_the_blocks_before_it()
    {
        var sink = new HeldSink(Overflow.LatestWins);
        await using (var channel = new SinkChannel(sink, _counters, _ => { }))
        {
            channel.Post(Cue(1));
            await sink.Entered;
            channel.Post(Cue(2));
            channel.Post(new ClearEvent(default));
            sink.Release();
        }

        Assert.Collection(sink.Handled, e => Assert.IsType<CueEvent>(e), e => Assert.IsType<ClearEvent>(e));
    }

    [Fact]
    public async Task File_that_falls_far_behind_keeps_every_final_and_bounds_the_rest()
    {
        var sink = new HeldSink(Overflow.KeepAll);
        await using (var channel = new SinkChannel(sink, _counters, _ => { }))
        {
            channel.Post(Cue(0));
            await sink.Entered;
            for (var i = 0; i < 12_000; i++) channel.Post(i % 100 == 0 ? Final(i) : Cue(i));
            sink.Release();
        }

        Assert.Equal(Enumerable.Range(0, 120).Select(i => i * 100L), sink.Handled.OfType<TranscriptEvent>().Select(e => e.Transcript.Segment));
        Assert.Equal(12_001, sink.Handled.Count + _counters.Get("sink.held.dropped").Value);
    }

    [Fact]
    public async Task Sink_that_throws_is_reported_and_served_again()
    {
        var states = new List<ComponentState>();
        var sink = new HeldSink(Overflow.KeepAll) { Throw = true };
        sink.Release();
        await using (var channel = new SinkChannel(sink, _counters, states.Add))
        {
            channel.Post(Cue(1));
            channel.Post(Cue(2));
        }

        Assert.Equal(2, sink.Handled.Count);
        Assert.All(states, state => Assert.Equal(Health.Degraded, state.Health));
        Assert.Equal(2, _counters.Get("sink.held.dropped").Value);
        Assert.True(sink.Disposed);
    }

    private static CueEvent Cue(int revision) => new(default, new CaptionCue(1, revision, default, default, []));

    private static TranscriptEvent Final(long segment) => new(default, new Transcript("s", segment, 1, true, default, default, "en", [], 0));

    private sealed class HeldSink(Overflow overflow) : ICaptionSink
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "held";

        public Overflow Overflow => overflow;

        public List<CaptionEvent> Handled { get; } = [];

        public Task Entered => _entered.Task;

        public bool Throw { get; init; }

        public bool Disposed { get; private set; }

        public void Release() => _released.TrySetResult();

        public async ValueTask HandleAsync(CaptionEvent captionEvent, CancellationToken cancellation)
        {
            _entered.TrySetResult();
            await _released.Task;
            Handled.Add(captionEvent);
            if (Throw) throw new InvalidOperationException("broken");
        }

        public ValueTask DisposeAsync()
        {
            Disposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
