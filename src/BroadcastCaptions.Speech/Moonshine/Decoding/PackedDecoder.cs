using System.IO.MemoryMappedFiles;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Speech.Moonshine.Decoding;

/// <summary>
/// A decoder's weights as <see cref="Rewriting.Emission.DecoderPacker"/> writes them, mapped into memory: programs share them, and what is not
/// needed is not read.
/// </summary>
internal sealed unsafe class PackedDecoder : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _begin;
    private readonly long _length;
    private long _position;

    /// <summary>Maps a file.</summary>
    /// <exception cref="CaptionsException">It is missing, damaged, or something else.</exception>
    public PackedDecoder(string path)
    {
        try
        {
            _length = new FileInfo(path).Length;
            _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
            _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException) // an empty file cannot be mapped
        {
            _file?.Dispose();
            throw Damaged(path, e);
        }

        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _begin);
        try
        {
            Sizes = *(DecoderSizes*)Take(sizeof(DecoderSizes));
            if (Sizes is not { Format: DecoderSizes.Known, Layers: > 0, Heads: > 0, Width: > 0, Hidden: > 0, Vocabulary: > 0, Frequencies: > 0 }) throw new InvalidDataException();
            Frequencies = (float*)Take(Sizes.Frequencies * sizeof(float));
            Layers = new PackedLayer[Sizes.Layers];
            for (var i = 0; i < Layers.Length; i++) Layers[i] = Layer();
            FinalNorm = (float*)Norm();
            Logits = Matrix(Sizes.Width, Sizes.Vocabulary);
            if (_position != _length) throw new InvalidDataException();
        }
        catch (InvalidDataException e)
        {
            Dispose();
            throw Damaged(path, e);
        }
    }

    /// <summary>Its sizes.</summary>
    public DecoderSizes Sizes { get; }

    /// <summary>Angles a position, of each pair that is turned.</summary>
    public float* Frequencies { get; }

    /// <summary>The layers, first to last.</summary>
    public PackedLayer[] Layers { get; }

    /// <summary>The norm before the logits.</summary>
    public float* FinalNorm { get; }

    /// <summary>The last product; its rows are the tokens' vectors, too.</summary>
    public IntegerMatrix Logits { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private PackedLayer Layer()
    {
        var (width, hidden) = (Sizes.Width, Sizes.Hidden);
        return new(
            Norm(), Matrix(width, 3 * width), Matrix(width, width), Norm(), Matrix(width, width), Matrix(width, 2 * width), Matrix(width, width),
            Norm(), Matrix(width, 2 * hidden), Matrix(hidden, width));
    }

    private nint Norm() => Take(Sizes.Width * (long)sizeof(float));

    private IntegerMatrix Matrix(int inputs, int outputs)
    {
        var (scales, biases) = (Take(outputs * (long)sizeof(float)), Take(outputs * (long)sizeof(float)));
        return new(inputs, outputs, Take(IntegerMatrix.BytesOf(inputs, outputs)), scales, biases);
    }

    private nint Take(long bytes)
    {
        var at = (_position + DecoderSizes.Alignment - 1) / DecoderSizes.Alignment * DecoderSizes.Alignment;
        if (at + bytes > _length) throw new InvalidDataException();
        _position = at + bytes;
        return (nint)(_begin + at);
    }

    private static CaptionsException Damaged(string path, Exception inner) =>
        new($"The rewritten decoder {path} cannot be loaded.", "Delete the folder that it lies in: it is made anew at the next start.", inner: inner);
}
