using BroadcastCaptions.Audio;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Segments;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Speech.Streaming;

/// <summary>
/// One source's way into the recogniser: samples in, segments out. Belongs to the inference loop's thread, as its
/// <see cref="StreamingRecognizer"/> does. Allocates nothing while the recogniser keeps up.
/// </summary>
public sealed class SpeechLane : IDisposable
{
    /// <summary>Two clocks' rounding may differ by this much (1 ms) without being a gap.</summary>
    private const int Tolerance = VoiceWindow.SampleRate / 1000;

    private const long NoEdge = long.MaxValue;

    private readonly IVoiceDetector _detector;
    private readonly float[] _window = new float[VoiceWindow.Samples];
    private int _filled;
    private bool _running;
    private long _edge = NoEdge;

    internal SpeechLane(AudioSource source, IVoiceDetector detector, SpeechOptions options, Counters counters)
    {
        (Source, Language) = (source, source.Language);
        _detector = detector;
        Segments = new(options, counters);
    }

    /// <summary>Who is heard.</summary>
    public AudioSource Source { get; }

    /// <summary>What is spoken here, as its two-letter code; null: as the model was loaded.</summary>
    public string? Language { get; set; }

    /// <summary>Speech probability of the last window, 0 … 1, for a level display.</summary>
    public float Probability { get; private set; }

    internal Segmenter Segments { get; }

    /// <summary>
    /// Takes the next audio in. Audio that does not follow the last frame is a new beginning: what was open is closed.
    /// </summary>
    /// <param name="frame">16 kHz mono.</param>
    public void Accept(in AudioFrame frame)
    {
        if (frame.Format != AudioFormat.Speech)
            throw new ArgumentException($"Speech is recognised at {AudioFormat.Speech}, not at {frame.Format}.", nameof(frame));
        var start = frame.Start.ToSamples(VoiceWindow.SampleRate);
        if (!_running || Math.Abs(start - Position) > Tolerance) BeginAt(start);
        var before = (int)Math.Clamp(_edge - Position, 0, frame.Samples.Length);
        Take(frame.Samples[..before]);
        if (_edge - Position > Tolerance) return;
        CloseAt(_edge);
        if (frame.Samples.Length - before <= Tolerance) return;
        BeginAt(start + before);
        Take(frame.Samples[before..]);
    }

    /// <summary>
    /// Closes what is open at the very sample <paramref name="at"/>: off air, pause, end of the recording. What was taken
    /// in before is still recognised, nothing after it ever is, and no later segment reaches back across it.
    /// </summary>
    /// <param name="at">
    /// Media time. Audio beyond it that was taken in already is forgotten; where audio up to it is still to come, it is taken
    /// in first.
    /// </param>
    public void Close(MediaTime at)
    {
        var edge = at.ToSamples(VoiceWindow.SampleRate);
        _edge = edge;
        if (_running && edge - Position <= Tolerance) CloseAt(edge);
    }

    /// <summary>Forgets what is being said and what waits to be recognised: a panic clear.</summary>
    public void Forget()
    {
        Segments.Forget();
        Stop();
    }

    /// <inheritdoc/>
    public void Dispose() => _detector.Dispose();

    private long Position => Segments.Position + _filled;

    private void BeginAt(long start)
    {
        if (_running) CloseAt(Position);
        if (_edge <= start) _edge = NoEdge;
        Segments.StartAt(start);
        _running = true;
    }

    private void CloseAt(long edge)
    {
        var rest = (int)Math.Clamp(edge - Segments.Position, 0, _filled);
        if (rest > 0) Push(rest);
        Segments.Edge(edge);
        if (_edge <= edge) _edge = NoEdge;
        Stop();
    }

    private void Take(ReadOnlySpan<float> samples)
    {
        while (!samples.IsEmpty)
        {
            var taken = Math.Min(samples.Length, VoiceWindow.Samples - _filled);
            samples[..taken].CopyTo(_window.AsSpan(_filled));
            samples = samples[taken..];
            _filled += taken;
            if (_filled == VoiceWindow.Samples) Push(_filled);
        }
    }

    private void Stop()
    {
        _detector.Reset();
        _filled = 0;
        _running = false;
    }

    private void Push(int count)
    {
        _window.AsSpan(count).Clear();
        Probability = _detector.Next(_window);
        Segments.Push(_window.AsSpan(0, count), Probability);
        _filled = 0;
    }
}
