using System.Collections.Concurrent;
using BroadcastCaptions.Audio;
using BroadcastCaptions.Speech.Streaming;

namespace BroadcastCaptions.Pipeline;

/// <summary>The lanes of a session. Where it is open, more join while it runs: what the plug-in taps in OBS.</summary>
/// <param name="recognizer">Serves them all.</param>
internal sealed class LaneSet(StreamingRecognizer recognizer)
{
    private readonly ConcurrentQueue<IAudioTap> _joining = new();
    private volatile SourceLane[] _all = [];

    /// <summary>The lanes there are. Any thread.</summary>
    public IReadOnlyList<SourceLane> All => _all;

    /// <summary>May more join? Then the session does not end by itself.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Is everything heard that will ever come?</summary>
    public bool IsCompleted => !IsOpen && _all.All(lane => lane.IsCompleted);

    /// <summary>Adds what a started tap brings. Before the loop runs, or on its thread.</summary>
    public void Add(SpeechFrames frames) => _all = [.. _all, new SourceLane(frames, recognizer.AddSource(frames.Tap.Source))];

    /// <summary>A started tap is to be heard as well. Any thread.</summary>
    public void Join(IAudioTap tap) => _joining.Enqueue(tap);

    /// <summary>Takes in those that wait. Loop only.</summary>
    public void Admit()
    {
        while (_joining.TryDequeue(out var tap)) Add(new SpeechFrames(tap));
    }
}
