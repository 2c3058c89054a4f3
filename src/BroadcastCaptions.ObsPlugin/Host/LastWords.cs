using System.Text;

namespace BroadcastCaptions.ObsPlugin.Host;

/// <summary>The last that a program said on its standard error: enough to tell why it ended; what is older is forgotten.</summary>
internal sealed class LastWords
{
    private const int Capacity = 2048; // bytes: an error with its remedy, or a stack trace's beginning and end

    private readonly byte[] _kept = new byte[Capacity];
    private int _count;

    /// <summary>Its lines, those that are not empty; the first may have lost its beginning.</summary>
    public IReadOnlyList<string> Lines =>
        Encoding.UTF8.GetString(_kept, 0, _count).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>It said more. Allocates nothing.</summary>
    public void Add(ReadOnlySpan<byte> said)
    {
        if (said.Length > Capacity) said = said[^Capacity..];
        var stays = Math.Min(_count, Capacity - said.Length);
        _kept.AsSpan(_count - stays, stays).CopyTo(_kept);
        said.CopyTo(_kept.AsSpan(stays));
        _count = stays + said.Length;
    }
}
