namespace BroadcastCaptions.Speech.Decoding;

/// <summary>The heads of a decoder's attention to the sound that listen to what they are about to say.</summary>
internal sealed class AligningHeads
{
    private readonly int _heads;
    private readonly int[] _places; // of every head; -1: it listens to something else

    /// <summary>Looks them up.</summary>
    /// <param name="sizes">The decoder's.</param>
    /// <param name="known">
    /// Layer and head of each. Empty: all heads of the later half of the layers, as the reference takes it of a model of which it knows nothing better. Measured against words.tsv
    /// (220 words, Moonshine tiny and base): all of them, the median of a word's end is 48 and 46 ms off; the eight best, which it would take a table for, 48 and 44.
    /// </param>
    /// <exception cref="InvalidDataException">A head that the model does not have.</exception>
    public AligningHeads(DecoderSizes sizes, IReadOnlyList<(int Layer, int Head)> known)
    {
        _heads = sizes.Heads;
        _places = new int[sizes.Layers * sizes.Heads];
        Array.Fill(_places, -1);
        foreach (var (layer, head) in known.Count > 0 ? known : LaterHalf(sizes))
        {
            if (layer < 0 || layer >= sizes.Layers || head < 0 || head >= sizes.Heads)
                throw new InvalidDataException($"The model has no head {head} in layer {layer}, which its alignment_heads name.");
            _places[(layer * sizes.Heads) + head] = Count++;
            LastLayer = Math.Max(LastLayer, layer);
        }
    }

    /// <summary>How many.</summary>
    public int Count { get; }

    /// <summary>The last layer that one of them is in.</summary>
    public int LastLayer { get; }

    /// <summary>A head's number among them; −1 where it is none of them.</summary>
    public int PlaceOf(int layer, int head) => _places[(layer * _heads) + head];

    private static List<(int Layer, int Head)> LaterHalf(DecoderSizes sizes) =>
    [
        .. from layer in Enumerable.Range(sizes.Layers / 2, sizes.Layers - (sizes.Layers / 2))
           from head in Enumerable.Range(0, sizes.Heads)
           select (layer, head),
    ];
}
