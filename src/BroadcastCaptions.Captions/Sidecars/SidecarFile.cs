using System.Text;

namespace BroadcastCaptions.Captions.Sidecars;

/// <summary>
/// An append-only text file that is valid at every moment: an entry is written in one go and flushed to the disk; what a
/// failed write left behind is cut away, at once or before the next write.
/// </summary>
/// <param name="storage">Where the bytes go; disposed with this.</param>
internal sealed class SidecarFile(ISidecarStorage storage) : IDisposable
{
    private bool _hasRemains;

    /// <summary>Bytes that are known to be good.</summary>
    public long Length { get; private set; }

    /// <summary>Appends an entry.</summary>
    /// <exception cref="IOException">It could not be written; the file is as before.</exception>
    public void Append(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length == 0) return;
        if (_hasRemains) CutRemains();
        try
        {
            storage.Write(Length, bytes);
            storage.Flush();
        }
        catch (Exception)
        {
            _hasRemains = true;
            TryCutRemains();
            throw;
        }

        Length += bytes.Length;
    }

    /// <summary>Overwrites characters in place, as many as there were: the file stays valid whatever happens.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Overwrite(long offset, string ascii)
    {
        storage.Write(offset, Encoding.ASCII.GetBytes(ascii));
        storage.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => storage.Dispose();

    private void CutRemains()
    {
        storage.Truncate(Length);
        _hasRemains = false;
    }

    private void TryCutRemains()
    {
        try
        {
            CutRemains();
        }
        catch (IOException)
        {
            // The disk refuses that as well; Append tries again before it writes.
        }
    }
}
