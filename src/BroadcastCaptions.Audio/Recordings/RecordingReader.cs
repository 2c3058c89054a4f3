using BroadcastCaptions.Audio.Files;
using BroadcastCaptions.Audio.Resampling;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Audio.Recordings;

/// <summary>
/// A recording from its start to its end as recognisers hear it: 16 kHz, mono, as fast as it is asked for. Decoding runs ahead on
/// the thread pool by some seconds; memory does not grow with the recording's length. One reading thread.
/// </summary>
public sealed class RecordingReader : IAsyncDisposable
{
    private const int Blocks = 16;
    private const double BlockSeconds = 0.25;

    /// <summary>How often a decoder that is slower than the recogniser is looked at.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1);

    private readonly string _path;
    private readonly ISampleReader _reader;
    private readonly BlockPump _pump;
    private readonly Resampler _resampler;
    private BlockPump.Block? _block;
    private int _offset;
    private bool _completed;

    private RecordingReader(string path, ISampleReader reader, BlockPump pump) =>
        (_path, _reader, _pump, _resampler) = (path, reader, pump, new Resampler(reader.Format));

    /// <summary>Rate and channels of the recording itself.</summary>
    public AudioFormat Format => _reader.Format;

    /// <summary>Length of the whole recording, seconds; null where it does not say (yet).</summary>
    public double? TotalSeconds => _reader.TotalSeconds;

    /// <summary>One sentence about what is wrong with a recording that can be read all the same; null while nothing is.</summary>
    public string? Degradation => _reader.Degradation;

    /// <summary>Opens a file: WAV by ourselves, all else by FFmpeg.</summary>
    /// <param name="path">Audio or video.</param>
    /// <param name="ffmpeg">The FFmpeg program; a name is looked up in PATH.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="CaptionsException">It cannot be read; says why, and what to do about it.</exception>
    public static async Task<RecordingReader> OpenAsync(string path, string ffmpeg = "ffmpeg", CancellationToken cancellation = default)
    {
        var reader = await AudioFile.OpenAsync(path, ffmpeg, cancellation);
        var pump = new BlockPump(reader, Blocks, Math.Max(1, (int)(reader.Format.SampleRate * BlockSeconds)));
        try
        {
            if (await pump.WaitAsync(cancellation)) return new RecordingReader(path, reader, pump);
            throw pump.Failure is null ? FileFailures.NoSamples(Path.GetFileName(path)) : FileFailures.Unreadable(path, pump.Failure);
        }
        catch
        {
            await pump.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads on; waits for the decoder.</summary>
    /// <param name="mono">Takes samples: 16 kHz mono, −1 … 1.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>How many; 0 at the end, and only there.</returns>
    /// <exception cref="CaptionsException">It could not be read any further: a disk or a network drive failed.</exception>
    public int Read(Span<float> mono, CancellationToken cancellation = default)
    {
        while (true)
        {
            var read = _resampler.Read(mono);
            if (read > 0 || _completed) return read;
            if (Fill(cancellation)) continue;
            _resampler.Complete();
            _completed = true;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _pump.DisposeAsync();

    /// <summary>Gives the resampler more; false where there is no more.</summary>
    private bool Fill(CancellationToken cancellation)
    {
        while (_block is null || _offset == _block.Length)
        {
            if (_block is not null) _pump.Return(_block);
            (_block, _offset) = (null, 0);
            while (!_pump.TryTake(out _block))
            {
                if (_pump.IsDrained) return _pump.Failure is { } failure ? throw FileFailures.Unreadable(_path, failure) : false;
                cancellation.ThrowIfCancellationRequested();
                Thread.Sleep(Patience);
            }
        }

        var rest = _block.Samples.AsSpan(_offset, _block.Length - _offset);
        _offset += _resampler.Write(rest) * _reader.Format.Channels;
        return true;
    }
}
