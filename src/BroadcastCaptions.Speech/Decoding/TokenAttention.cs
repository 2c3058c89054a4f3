using System.Runtime.InteropServices;
using BroadcastCaptions.Speech.Arithmetic;

namespace BroadcastCaptions.Speech.Decoding;

/// <summary>How much the decoder listened to each position of the audio while it foretold each token: where the token is heard.</summary>
internal sealed unsafe class TokenAttention : IDisposable
{
    private float* _sums;
    private long _room;
    private int _positions;

    /// <summary>Begins with other audio.</summary>
    /// <param name="tokens">Most tokens.</param>
    /// <param name="positions">Positions of the audio.</param>
    public void Begin(int tokens, int positions)
    {
        _positions = positions;
        var room = (long)tokens * positions;
        if (_room >= room) return;
        Dispose();
        _room = room;
        _sums = (float*)NativeMemory.AlignedAlloc((nuint)room * sizeof(float), PackedFile.Alignment);
    }

    /// <summary>What a token's heads are added up in, [positions].</summary>
    public Span<float> Row(int token) => new(_sums + ((long)token * _positions), _positions);

    /// <summary>Some tokens' rows, [count, positions].</summary>
    public ReadOnlySpan<float> Rows(int first, int count) => new(_sums + ((long)first * _positions), count * _positions);

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_sums);
        _sums = null;
        _room = 0;
    }
}
