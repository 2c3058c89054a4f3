using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio.Files;

/// <summary>
/// A recording as a tap. At real speed the first sample stands at the media time of the start, and a sample is
/// given out when the clock has passed it; as fast as possible the first sample stands at 0.
/// </summary>
/// <param name="source">Who is heard.</param>
/// <param name="path">The recording.</param>
/// <param name="pace">How fast it is played.</param>
/// <param name="ffmpeg">The FFmpeg program; another than PATH's only in tests.</param>
internal sealed class FileTap(AudioSource source, string path, TapPace pace, string ffmpeg = "ffmpeg") : IAudioTap
{
    private const int Blocks = 8;
    private const double BlockSeconds = 0.25;
    private const double RealFrameSeconds = 0.01;
    private const double RoundingError = 1e-3; // of a sample: 0.02 s are 960 samples, not 959.9999

    private readonly string _name = Path.GetFileName(path);
    private MediaClock? _clock;
    private ISampleReader? _reader;
    private BlockPump? _pump;
    private BlockPump.Block? _block;
    private int _offset;
    private MediaTime _start;
    private long _position;
    private volatile bool _completed;

    /// <inheritdoc/>
    public AudioSource Source => source;

    /// <inheritdoc/>
    public bool IsCompleted => _completed;

    /// <inheritdoc/>
    public TapStatus Status
    {
        get
        {
            if (_pump is null || _reader is null) return new TapStatus(TapState.Idle, _name);
            var failure = _pump.Failure;
            var complaint = failure is null ? _reader.Degradation : $"{_name} could not be read to its end: {failure.Message.TrimEnd('.')}.";
            var state = !_completed ? TapState.Running : failure is null ? TapState.Ended : TapState.Failed;
            return new TapStatus(
                state, complaint ?? _name, _reader.Format, TotalSeconds: _reader.TotalSeconds, IsDegraded: complaint is not null);
        }
    }

    /// <inheritdoc/>
    public async Task StartAsync(MediaClock clock, CancellationToken cancellation)
    {
        var reader = await AudioFile.OpenAsync(path, ffmpeg, cancellation);
        _pump = new BlockPump(reader, Blocks, Math.Max(1, (int)(reader.Format.SampleRate * BlockSeconds)));
        if (!await _pump.WaitAsync(cancellation))
            throw _pump.Failure is null ? FileFailures.NoSamples(_name) : FileFailures.Unreadable(path, _pump.Failure);
        (_reader, _clock) = (reader, clock);
        _start = pace == TapPace.Real ? clock.Now : MediaTime.Zero;
    }

    /// <inheritdoc/>
    public bool TryRead(out AudioFrame frame)
    {
        frame = default;
        if (_reader is null || _pump is null || _clock is null || !HasBlock(_pump)) return false;
        var format = _reader.Format;
        var frames = (_block!.Length - _offset) / format.Channels;
        if (pace == TapPace.Real) frames = FramesDue(_clock, format.SampleRate, frames);
        if (frames == 0) return false;

        var samples = _block.Samples.AsSpan(_offset, frames * format.Channels);
        frame = new AudioFrame(_start.Plus(MediaTime.FromSamples(_position, format.SampleRate).Seconds), format, samples);
        _position += frames;
        _offset += samples.Length;
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_pump is not null) await _pump.DisposeAsync();
    }

    // The last block was leased until now: only here may it be given back.
    private bool HasBlock(BlockPump pump)
    {
        if (_block is not null && _offset < _block.Length) return true;
        if (_block is not null) pump.Return(_block);
        (_block, _offset) = (null, 0);
        if (pump.TryTake(out _block)) return true;
        _completed = pump.IsDrained;
        return false;
    }

    // In steps of at least 10 ms, as a device would; the last piece of a block may be shorter.
    private int FramesDue(MediaClock clock, int rate, int inBlock)
    {
        var due = (long)(((clock.Now - _start) * rate) + RoundingError) - _position;
        var step = Math.Min(inBlock, Math.Max(1, (int)(rate * RealFrameSeconds)));
        return due < step ? 0 : (int)Math.Min(due, inBlock);
    }
}
