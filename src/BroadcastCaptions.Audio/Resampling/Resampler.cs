namespace BroadcastCaptions.Audio.Resampling;

/// <summary>
/// Any rate and channel count to 16 kHz mono, streaming: <see cref="Write"/> samples, <see cref="Read"/> what they give,
/// <see cref="Complete"/> at the end. Channels are averaged.
/// <para>Passband flat (±0.01 dB) to 7.2 kHz (0.9 of the lower Nyquist frequency); at least 80 dB down from 8 kHz (the lower
/// Nyquist frequency) on, so nothing audible folds back. Zero delay in media time: output sample k stands for
/// the input at k / 16000 s exactly; it is available <see cref="LookAhead"/> seconds later.</para>
/// <para>The output is bit-identical whatever the sizes of the blocks written and read. Nothing is allocated after
/// construction. Not thread-safe.</para>
/// </summary>
public sealed class Resampler
{
    private const int BlockFrames = 4096;

    private readonly int _inputRate;
    private readonly int _outputRate = AudioFormat.Speech.SampleRate;
    private readonly int _channels;
    private readonly PolyphaseFilter? _filter;
    private readonly float[] _buffer;

    private int _count;          // samples in the buffer
    private int _window;         // where the next output's row begins in the buffer
    private int _remainder;      // next output's distance from its input sample, in 1/outputRate input samples
    private long _framesIn;
    private long _samplesOut;
    private bool _completed;

    /// <summary>A resampler for one format.</summary>
    /// <param name="format">What will be written: 1 … 768,000 Hz, 1 … 255 channels.</param>
    /// <exception cref="ArgumentOutOfRangeException">Rate or channels out of range.</exception>
    public Resampler(AudioFormat format)
    {
        if (format is not { SampleRate: >= 1 and <= 768_000, Channels: >= 1 and <= AudioFormat.MostChannels })
            throw new ArgumentOutOfRangeException(nameof(format), format, "1 to 768,000 Hz and 1 to 255 channels.");
        (_inputRate, _channels) = format;
        if (_inputRate != _outputRate) _filter = new PolyphaseFilter(_inputRate, _outputRate);
        _buffer = new float[BlockFrames + (_filter?.RowLength ?? 0)];
        _count = (_filter?.HalfLength ?? 1) - 1; // silence before the first sample
    }

    /// <summary>Seconds of input that an output sample waits for: 3.9 ms at 48 kHz.</summary>
    public double LookAhead => (double)(_filter?.HalfLength ?? 0) / _inputRate;

    /// <summary>
    /// Takes as many frames as there is room for and returns their number; the rest is written after <see cref="Read"/>.
    /// </summary>
    /// <param name="interleaved">Samples; a multiple of the channels.</param>
    public int Write(ReadOnlySpan<float> interleaved)
    {
        if (_completed) throw new InvalidOperationException("The resampler was completed.");
        if (_window > 0 && Room < interleaved.Length / _channels) Compact();
        var frames = Math.Min(Room, interleaved.Length / _channels);
        Downmix.ToMono(interleaved[..(frames * _channels)], _channels, _buffer.AsSpan(_count, frames));
        _count += frames;
        _framesIn += frames;
        return frames;
    }

    /// <summary>No more will be written: <see cref="Read"/> gives the rest, ceil(frames × 16000 / rate) samples in all.</summary>
    public void Complete() => _completed = true;

    /// <summary>Writes output into <paramref name="mono"/> and returns how many samples: fewer than asked when input is lacking.</summary>
    public int Read(Span<float> mono)
    {
        if (_filter is null) return ReadUnchanged(mono);
        var written = 0;
        while (written < mono.Length && HasNext())
        {
            mono[written++] = Next();
            Advance();
        }

        return written;
    }

    // A row is read in full vectors: behind the last sample lies what its zero coefficients are multiplied with.
    private int Room => _buffer.Length - (_filter?.RowLength ?? 0) + (2 * (_filter?.HalfLength ?? 0)) - _count;

    private bool HasNext()
    {
        if (_completed && _samplesOut * _inputRate >= _framesIn * _outputRate) return false;
        var lacking = _window + (2 * _filter!.HalfLength) - _count;
        if (lacking <= 0) return true;
        if (!_completed) return false;
        if (lacking > Room) Compact();
        _buffer.AsSpan(_count, lacking).Clear(); // silence after the last sample
        _count += lacking;
        return true;
    }

    private float Next()
    {
        var filter = _filter!;
        var samples = _buffer.AsSpan(_window, filter.RowLength);
        var position = (long)_remainder * filter.Phases;
        var phase = (int)(position / _outputRate);
        var near = DotProduct.Of(filter.Row(phase), samples);
        if (!filter.Interpolated) return near;
        var part = (float)(position % _outputRate) / _outputRate;
        return near + (part * (DotProduct.Of(filter.Row(phase + 1), samples) - near));
    }

    private void Advance()
    {
        _samplesOut++;
        _remainder += _inputRate;
        _window += _remainder / _outputRate;
        _remainder %= _outputRate;
    }

    private int ReadUnchanged(Span<float> mono)
    {
        var samples = Math.Min(mono.Length, _count - _window);
        _buffer.AsSpan(_window, samples).CopyTo(mono);
        _window += samples;
        return samples;
    }

    private void Compact()
    {
        _buffer.AsSpan(_window, _count - _window).CopyTo(_buffer);
        _count -= _window;
        _window = 0;
    }
}
