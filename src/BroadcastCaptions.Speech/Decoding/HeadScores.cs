using System.Runtime.InteropServices;
using BroadcastCaptions.Speech.Arithmetic;

namespace BroadcastCaptions.Speech.Decoding;

/// <summary>What some heads make of each position of the sound while tokens are foretold: scores, before shares are made of them.</summary>
internal sealed unsafe class HeadScores : IDisposable
{
    private readonly DecoderSizes _sizes;
    private readonly int[] _places; // of every head; -1: not asked for
    private float* _memory;
    private long _room;
    private int _tokens;

    /// <summary>Asks for heads.</summary>
    /// <param name="sizes">The decoder's.</param>
    /// <param name="heads">Layer and head of each; empty for all heads of the later half of the layers, as the reference has it.</param>
    /// <exception cref="InvalidDataException">A head that the model does not have.</exception>
    public HeadScores(DecoderSizes sizes, IReadOnlyList<(int Layer, int Head)> heads)
    {
        _sizes = sizes;
        _places = new int[sizes.Layers * sizes.Heads];
        Array.Fill(_places, -1);
        foreach (var (layer, head) in heads.Count > 0 ? heads : LaterHalf(sizes))
        {
            if (layer < 0 || layer >= sizes.Layers || head < 0 || head >= sizes.Heads)
                throw new InvalidDataException($"The model has no head {head} in layer {layer}, which its alignment_heads name.");
            _places[(layer * sizes.Heads) + head] = Heads++;
            LastLayer = Math.Max(LastLayer, layer);
        }
    }

    /// <summary>Heads that are asked for.</summary>
    public int Heads { get; }

    /// <summary>The last layer that one of them is in.</summary>
    public int LastLayer { get; }

    /// <summary>Positions of the sound.</summary>
    public int Positions { get; private set; }

    /// <summary>The scores, [heads, tokens, positions].</summary>
    public ReadOnlySpan<float> All => new(_memory, Heads * _tokens * Positions);

    /// <summary>Begins with other tokens.</summary>
    public void Begin(int tokens, int positions)
    {
        (_tokens, Positions) = (tokens, positions);
        var room = (long)Heads * tokens * positions;
        if (_room >= room) return;
        Dispose();
        _room = room;
        _memory = (float*)NativeMemory.AlignedAlloc((nuint)room * sizeof(float), PackedFile.Alignment);
    }

    /// <summary>Where a head's scores of a token go; null where nobody asks for it.</summary>
    public float* Of(int layer, int head, int token) => _places[(layer * _sizes.Heads) + head] is var place and >= 0 ? _memory + ((((long)place * _tokens) + token) * Positions) : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
        _room = 0;
    }

    private static List<(int Layer, int Head)> LaterHalf(DecoderSizes sizes) =>
    [
        .. from layer in Enumerable.Range(sizes.Layers / 2, sizes.Layers - (sizes.Layers / 2))
           from head in Enumerable.Range(0, sizes.Heads)
           select (layer, head),
    ];
}
