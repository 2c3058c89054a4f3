using BroadcastCaptions.Captions;
using BroadcastCaptions.Events;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Pipeline;

/// <summary>Hands every event to every sink's channel. Thread-safe; publishing never waits.</summary>
internal sealed class EventHub(MediaClock clock, Counters counters, Action<ComponentState> note) : IAsyncDisposable
{
    private readonly Dictionary<string, ComponentState> _states = [];
    private volatile SinkChannel[] _channels = [];

    /// <summary>The media time of this moment, for events made elsewhere.</summary>
    public MediaTime Now => clock.Now;

    /// <summary>Adds a sink, and tells it how things stand; the hub disposes it.</summary>
    public void Add(ICaptionSink sink)
    {
        var channel = new SinkChannel(sink, counters, Report);
        lock (_states)
        {
            foreach (var state in _states.Values) channel.Post(new StateEvent(clock.Now, state));
            _channels = [.. _channels, channel];
        }
    }

    /// <summary>Hands an event to every sink.</summary>
    public void Publish(CaptionEvent captionEvent)
    {
        foreach (var channel in _channels) channel.Post(captionEvent);
    }

    /// <summary>Notes a component's state, and publishes it if it is news.</summary>
    public void Report(ComponentState state)
    {
        note(state);
        lock (_states)
        {
            if (_states.TryGetValue(state.Component, out var known) && known == state) return;
            _states[state.Component] = state;
            Publish(new StateEvent(clock.Now, state));
        }
    }

    /// <summary>Closes every channel once it has been emptied.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels) await channel.DisposeAsync();
        _channels = [];
    }
}
