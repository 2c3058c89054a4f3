using BroadcastCaptions.Audio;
using BroadcastCaptions.Audio.Recordings;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Library;

/// <summary>
/// A recording, opened: read once, from its start to its end, in constant memory. Dispose it when it was transcribed.
/// </summary>
public sealed class Recording : IAsyncDisposable
{
    private readonly IRecordingSource _source;
    private int _taken;

    private Recording(IRecordingSource source) => _source = source;

    /// <summary>Length in seconds; null where the recording does not say.</summary>
    public double? Duration => _source.Duration;

    /// <summary>One sentence about what is wrong with a recording that could be read all the same; null while nothing is.</summary>
    public string? Warning => _source.Warning;

    /// <summary>Seconds that were read.</summary>
    public double Position { get; private set; }

    /// <summary>Opens a file: WAV by itself, everything else (audio or video) by FFmpeg.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ffmpeg">The FFmpeg program; a name is looked up in PATH.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="CaptionsException">It cannot be read; says why, and what to do about it.</exception>
    public static async Task<Recording> OpenAsync(string path, string ffmpeg = "ffmpeg", CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new(new FileSource(await RecordingReader.OpenAsync(path, ffmpeg, cancellation), spool: null));
    }

    /// <summary>
    /// Opens what a stream holds, in any form that a file may have. It is read to its end first, into a temporary file:
    /// many forms (MP4) can only be read from files. The stream stays the caller's.
    /// </summary>
    /// <inheritdoc cref="OpenAsync(string, string, CancellationToken)"/>
    public static async Task<Recording> OpenAsync(Stream audio, string ffmpeg = "ffmpeg", CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(audio);
        var spool = await Spool.OfAsync(audio, cancellation);
        try
        {
            return new(new FileSource(await RecordingReader.OpenAsync(spool.Path, ffmpeg, cancellation), spool));
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }

    /// <summary>A recording that is in memory.</summary>
    /// <param name="samples">Interleaved samples, −1 … 1; must not change until it was transcribed.</param>
    /// <param name="sampleRate">Samples a second and channel, 1 … 768,000.</param>
    /// <param name="channels">1 … 255; they are averaged.</param>
    public static Recording FromSamples(ReadOnlyMemory<float> samples, int sampleRate, int channels = 1) =>
        new(new MemorySource(samples, new AudioFormat(sampleRate, channels)));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>Somebody is going to read it.</summary>
    internal void Take()
    {
        if (Interlocked.Exchange(ref _taken, 1) > 0) throw new InvalidOperationException("A recording is read once; open it again.");
    }

    internal int Read(Span<float> mono, CancellationToken cancellation)
    {
        var read = _source.Read(mono, cancellation);
        Position += (double)read / AudioFormat.Speech.SampleRate;
        return read;
    }
}
