using System.Text;
using BroadcastCaptions.Captions.Sidecars;

namespace BroadcastCaptions.Captions.Tests.Sidecars;

/// <summary>A disk that is full at will; like a real one it writes what still fits before it refuses.</summary>
internal sealed class FakeDisk : ISidecarStorage
{
    private const int NoSpace = 28;

    private byte[] _content = [];

    public long Capacity { get; set; } = long.MaxValue;

    public bool RefusesTruncation { get; set; }

    public string Text => Encoding.UTF8.GetString(_content);

    public bool IsDisposed { get; private set; }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        var fits = (int)Math.Clamp(Capacity - offset, 0, bytes.Length);
        if (_content.Length < offset + fits) Array.Resize(ref _content, (int)offset + fits);
        bytes[..fits].CopyTo(_content.AsSpan((int)offset));
        if (fits < bytes.Length) throw new IOException("No space left on device", NoSpace);
    }

    public void Flush()
    {
    }

    public void Truncate(long length)
    {
        if (RefusesTruncation) throw new IOException("Input/output error", 5);
        Array.Resize(ref _content, (int)length);
    }

    public void Dispose() => IsDisposed = true;
}
