using BroadcastCaptions.Audio;
using BroadcastCaptions.Speech.Streaming;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Pipeline;

/// <summary>
/// One source's way into the recogniser: tap → resampler → the gate that only what is on air may pass. Loop thread only,
/// but for <see cref="Status"/>.
/// </summary>
internal sealed class SourceLane(SpeechFrames frames, SpeechLane speech)
{
    private bool _paused;
    private MediaTime _airEdge;
    private volatile bool _onAir = true;
    private volatile string _offAirReason = "";
    private double _position;

    /// <summary>Who is heard.</summary>
    public AudioSource Source => frames.Tap.Source;

    /// <summary>Everything was heard.</summary>
    public bool IsCompleted => frames.IsCompleted;

    /// <summary>Media time up to which this source was heard.</summary>
    public MediaTime Position => new(Volatile.Read(ref _position));

    /// <summary>A snapshot for the terminal and metrics. Any thread.</summary>
    public LaneStatus Status => new(
        frames.Tap.Source, frames.Tap.Status, frames.Level.PeakDecibels, frames.DigitalSilenceSeconds, _onAir && !_paused, _paused ? "paused" : _offAirReason, Position.Seconds);

    /// <summary>Hears the next frame. False: there is none at the moment.</summary>
    public bool Pump()
    {
        if (!frames.TryRead(out var frame)) return false;
        var end = frame.Start.Plus((double)frame.Samples.Length / frame.Format.SampleRate);
        speech.Language = frames.Tap.Source.Language; // its user may choose another while it runs
        if (!_paused && OnAirPart(frame) is { Samples.Length: > 0 } heard) speech.Accept(heard);
        Volatile.Write(ref _position, end.Seconds);
        return true;
    }

    /// <summary>The source went on or off air at a point that may lie in audio already heard, or still to come.</summary>
    public void SetOnAir(bool onAir, MediaTime at, string why)
    {
        _offAirReason = onAir ? "" : why;
        if (_onAir == onAir) return;
        _airEdge = at;
        _onAir = onAir;
        if (!onAir) speech.Close(at);
    }

    /// <summary>The user pauses or resumes.</summary>
    public void SetPaused(bool paused)
    {
        if (_paused == paused) return;
        _paused = paused;
        if (paused) speech.Close(Position);
    }

    /// <summary>Forgets what is being said right now, and what waits to be recognised.</summary>
    public void Forget() => speech.Forget();

    /// <summary>No more audio will come: what is open is closed.</summary>
    public void Finish() => speech.Close(Position);

    /// <summary>The part of a frame that viewers hear: the edge may lie inside it.</summary>
    private AudioFrame OnAirPart(AudioFrame frame)
    {
        var edge = (int)Math.Clamp((_airEdge - frame.Start) * frame.Format.SampleRate, 0, frame.Samples.Length);
        return _onAir
            ? new AudioFrame(frame.Start.Plus((double)edge / frame.Format.SampleRate), frame.Format, frame.Samples[edge..], frame.IsFill)
            : new AudioFrame(frame.Start, frame.Format, frame.Samples[..edge], frame.IsFill);
    }
}
