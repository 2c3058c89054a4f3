using System.IO.MemoryMappedFiles;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Speech.Arithmetic;

/// <summary>
/// Weights as <see cref="Rewriting.Emission.PackedWriter"/> writes them, mapped into memory: programs share them, and what is not
/// needed is not read. They are taken in the order in which they were written.
/// </summary>
internal sealed unsafe class PackedFile : IDisposable
{
    /// <summary>Every part begins at a multiple of it: a line of the processor's cache.</summary>
    public const int Alignment = 64;

    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _begin;
    private readonly long _length;
    private long _position;

    private PackedFile(string path)
    {
        _path = path;
        try
        {
            _length = new FileInfo(path).Length;
            _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
            _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException) // an empty file cannot be mapped
        {
            _file?.Dispose();
            throw Damaged(e);
        }

        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _begin);
    }

    /// <summary>Maps a file and takes all of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Takes its parts; what it throws as <see cref="InvalidDataException"/> becomes a sentence.</param>
    /// <exception cref="CaptionsException">It is missing, damaged, or something else.</exception>
    public static PackedFile Open(string path, Action<PackedFile> read)
    {
        var file = new PackedFile(path);
        try
        {
            read(file);
            if (file._position != file._length) throw new InvalidDataException();
            return file;
        }
        catch (InvalidDataException e)
        {
            file.Dispose();
            throw file.Damaged(e);
        }
    }

    /// <summary>The next part: what the file begins with.</summary>
    public T Header<T>()
        where T : unmanaged => *(T*)Take(sizeof(T));

    /// <summary>The next part: floats.</summary>
    public float* Vector(int count) => (float*)Take(count * (long)sizeof(float));

    /// <summary>The next parts: a matrix.</summary>
    public IntegerMatrix Matrix(int inputs, int outputs)
    {
        var (scales, biases) = ((nint)Vector(outputs), (nint)Vector(outputs));
        return new(inputs, outputs, Take(IntegerMatrix.BytesOf(inputs, outputs)), scales, biases);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private nint Take(long bytes)
    {
        var at = (_position + Alignment - 1) / Alignment * Alignment;
        if (at + bytes > _length) throw new InvalidDataException();
        _position = at + bytes;
        return (nint)(_begin + at);
    }

    private CaptionsException Damaged(Exception inner) =>
        new($"The rewritten weights {_path} cannot be loaded.", "Delete the folder that they lie in: they are made anew at the next start. A model that was imported with --quantize, import again.", inner: inner);
}
