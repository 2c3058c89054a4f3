namespace BroadcastCaptions.Audio.Files;

/// <summary>Plays a WAV file (or a WAV stream from a pipe) to the end of its samples, or to where it was cut.</summary>
internal sealed class WavReader : ISampleReader
{
    private readonly Stream _stream;
    private readonly WavFormat _format;
    private readonly byte[] _bytes = new byte[64 * 1024];
    private long _left;

    private WavReader(Stream stream, WavFormat format, long? dataBytes, string name)
    {
        (_stream, _format) = (stream, format);
        var present = stream.CanSeek ? stream.Length - stream.Position : (long?)null;
        _left = dataBytes ?? present ?? long.MaxValue;
        if (present < dataBytes)
        {
            _left = present.Value;
            Degradation = $"{name} is cut short: it holds {Seconds(_left):0.0} s of the {Seconds(dataBytes.Value):0.0} s that its header promises; "
                + "what is there is used.";
        }

        if (_left < long.MaxValue) TotalSeconds = Seconds(_left);
    }

    /// <inheritdoc/>
    public AudioFormat Format => _format.Audio;

    /// <inheritdoc/>
    public double? TotalSeconds { get; }

    /// <inheritdoc/>
    public string? Degradation { get; }

    /// <summary>
    /// Reads the header; the reader owns the stream from here on. Null when the samples are coded (then FFmpeg must decode them).
    /// </summary>
    /// <exception cref="InvalidDataException">It is no WAV file, or ends before its samples.</exception>
    public static async Task<WavReader?> OpenAsync(Stream stream, string name, CancellationToken cancellation)
    {
        var header = await WavHeader.ReadAsync(stream, stream.CanSeek ? stream.Length : null, cancellation);
        if (header.Format is { Audio.Channels: > AudioFormat.MostChannels } many) throw FileFailures.TooManyChannels(name, many.Audio.Channels);
        return header.Format is { } format ? new WavReader(stream, format, header.DataBytes, name) : null;
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<float> destination, CancellationToken cancellation)
    {
        var frames = Math.Min(destination.Length / _format.Audio.Channels, _bytes.Length / _format.FrameBytes);
        var wanted = (int)Math.Min(_left, frames * (long)_format.FrameBytes);
        var got = await _stream.ReadAtLeastAsync(_bytes.AsMemory(0, wanted), wanted, throwOnEndOfStream: false, cancellation);
        _left = got < wanted ? 0 : _left - got;
        var samples = got / _format.FrameBytes * _format.Audio.Channels;
        SampleDecoder.Decode(_format.Encoding, _bytes, destination.Span[..samples]);
        return samples;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private double Seconds(long bytes) => (double)(bytes / _format.FrameBytes) / _format.Audio.SampleRate;
}
