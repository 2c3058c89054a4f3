using System.Buffers;
using System.Collections.Concurrent;
using BroadcastCaptions.Control;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio.PlugIns;

/// <summary>
/// One source that the plug-in taps in OBS. It outlives its connection: OBS restarted, the same source goes on here. What is missing is
/// silence of the right length, counted; what went on or off air is told when the consumer comes to that very sample.
/// </summary>
/// <param name="source">Who is heard.</param>
/// <param name="clock">The session's.</param>
/// <param name="send">Gets the <see cref="OnAirChanged"/> messages.</param>
internal sealed class PlugInTap(AudioSource source, MediaClock clock, Action<ControlMessage> send) : IAudioTap
{
    private const double Chunk = 0.02, Gap = 0.001;
    private const double StallOnAir = 1, StallOffAir = 0.25; // s of nothing, until silence flows in real time
    private const long MostWaiting = 10; // s of audio

    private readonly ConcurrentQueue<TapEntry> _waiting = new();
    private volatile AudioSource _source = source;
    private volatile string _state = "Waits for its source in OBS.";
    private volatile bool _isConnected;
    private TapEntry _current;  // consumer: a block that is not yet read to its end
    private int _taken;         // consumer: samples taken of it
    private AudioFormat _format = AudioFormat.Speech;
    private float[] _silence = new float[(int)(AudioFormat.Speech.SampleRate * Chunk)];
    private bool _placed, _onAir;
    private MediaTime _base;
    private long _count;        // frames given out since _base
    private long _waitingSamples, _dropped, _filled;

    /// <inheritdoc/>
    public AudioSource Source => _source;

    /// <inheritdoc/>
    public bool IsCompleted => false; // OBS may always come back

    /// <inheritdoc/>
    public TapStatus Status => new(
        _isConnected ? TapState.Running : TapState.Waiting, _state, _placed ? _format : null, null, Volatile.Read(ref _dropped), Volatile.Read(ref _filled));

    /// <summary>Is a connection feeding it?</summary>
    public bool IsConnected => _isConnected;

    /// <inheritdoc/>
    public Task StartAsync(MediaClock clock, CancellationToken cancellation) => Task.CompletedTask; // its connection has begun

    /// <summary>A connection feeds it from now on, until <see cref="End"/>. Off air until it says otherwise.</summary>
    public void Begin(AudioSource source, string where)
    {
        (_source, _state, _isConnected) = (source, where, true);
        Put(clock.Now.Seconds, false, "OBS has not said that it is on air");
    }

    /// <summary>Its connection has ended.</summary>
    public void End(string why)
    {
        (_state, _isConnected) = (why, false);
        Put(clock.Now.Seconds, false, "OBS is away");
    }

    /// <summary>The source is called otherwise from now on; its id stays.</summary>
    public void Rename(AudioSource renamed) => _source = renamed;

    /// <summary>Connection: it goes on or off air.</summary>
    public void Put(double at, bool onAir, string why) => _waiting.Enqueue(TapEntry.Edge(at, onAir, why));

    /// <summary>Connection: a block; the array comes from the shared pool and goes back there.</summary>
    public void Put(double at, AudioFormat format, float[] samples, int length)
    {
        if (Interlocked.Add(ref _waitingSamples, length) <= MostWaiting * format.SampleRate * format.Channels)
        {
            _waiting.Enqueue(new TapEntry(at, format, samples, length, true, ""));
            return;
        }

        Interlocked.Add(ref _waitingSamples, -length);
        Drop(samples, length / format.Channels);
    }

    /// <summary>Connection: a block is too old to be captioned in time.</summary>
    public void Drop(float[] samples, int frames)
    {
        Interlocked.Add(ref _dropped, frames);
        ArrayPool<float>.Shared.Return(samples);
    }

    /// <inheritdoc/>
    public bool TryRead(out AudioFrame frame)
    {
        frame = default;
        if (_current.Samples is not null || _waiting.TryDequeue(out _current))
            return _current.Samples is null ? Announce() : Read(out frame);
        if (!_placed) return false;
        var lag = clock.Now - Position - (_onAir && _isConnected ? StallOnAir : StallOffAir);
        return lag >= Chunk && Fill(lag, out frame);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private MediaTime Position => _base.Plus((double)_count / _format.SampleRate);

    // No frame with it: so the loop reads the message before what follows.
    private bool Announce()
    {
        _onAir = _current.OnAir;
        send(new OnAirChanged(_source.Id, _onAir, new MediaTime(_current.Start), _current.Why));
        return false;
    }

    private bool Read(out AudioFrame frame)
    {
        frame = default;
        var block = _current;
        if (!_placed || block.Format != _format) Adopt(block);
        var channels = _format.Channels;
        var missing = block.Start + ((double)(_taken / channels) / _format.SampleRate) - Position.Seconds;
        if (missing > Gap) return Fill(missing, out frame);
        if (missing < -Gap) Skip((int)Math.Min((block.Length - _taken) / channels, Math.Round(-missing * _format.SampleRate)) * channels);
        var length = Math.Min(block.Length - _taken, _silence.Length);
        frame = new AudioFrame(Position, _format, block.Samples.AsSpan(_taken, length));
        Take(length);
        _count += length / channels;
        if (_taken == block.Length) Finish(block);
        return length > 0;
    }

    private void Adopt(TapEntry block)
    {
        _base = _placed ? Position : new MediaTime(block.Start);
        (_count, _placed, _format) = (0, true, block.Format);
        _silence = new float[Math.Max(1, (int)(_format.SampleRate * Chunk)) * _format.Channels];
    }

    // Silence stands there already.
    private void Skip(int samples)
    {
        Interlocked.Add(ref _dropped, samples / _format.Channels);
        Take(samples);
    }

    private void Take(int samples)
    {
        _taken += samples;
        Interlocked.Add(ref _waitingSamples, -samples);
    }

    // The frame that was just given out still lies in the array: it goes back with the next one.
    private float[]? _done;

    private void Finish(TapEntry block)
    {
        if (_done is not null) ArrayPool<float>.Shared.Return(_done);
        (_done, _current, _taken) = (block.Samples, default, 0);
    }

    private bool Fill(double seconds, out AudioFrame frame)
    {
        var frames = (int)Math.Clamp(Math.Round(seconds * _format.SampleRate), 1, _silence.Length / _format.Channels);
        frame = new AudioFrame(Position, _format, _silence.AsSpan(0, frames * _format.Channels), isFill: true);
        _count += frames;
        if (_onAir) Volatile.Write(ref _filled, _filled + frames); // off air nothing is missing
        return true;
    }
}
