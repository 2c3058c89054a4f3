using System.Runtime.InteropServices;
using BroadcastCaptions.Speech.Arithmetic;

namespace BroadcastCaptions.Speech.Decoding;

/// <summary>What some heads make of each position of the sound while tokens are foretold: scores, before shares are made of them.</summary>
/// <param name="heads">The heads.</param>
internal sealed unsafe class HeadScores(AligningHeads heads) : IDisposable
{
    private float* _memory;
    private long _room;
    private int _tokens;

    /// <summary>The heads.</summary>
    public AligningHeads Heads => heads;

    /// <summary>Positions of the sound.</summary>
    public int Positions { get; private set; }

    /// <summary>The scores, [heads, tokens, positions].</summary>
    public ReadOnlySpan<float> All => new(_memory, heads.Count * _tokens * Positions);

    /// <summary>Begins with other tokens.</summary>
    public void Begin(int tokens, int positions)
    {
        (_tokens, Positions) = (tokens, positions);
        var room = (long)heads.Count * tokens * positions;
        if (_room >= room) return;
        Dispose();
        _room = room;
        _memory = (float*)NativeMemory.AlignedAlloc((nuint)room * sizeof(float), PackedFile.Alignment);
    }

    /// <summary>Where a head's scores of a token go; null where it is not asked for.</summary>
    public float* Of(int layer, int head, int token) => heads.PlaceOf(layer, head) is var place and >= 0 ? _memory + ((((long)place * _tokens) + token) * Positions) : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
        _room = 0;
    }
}
