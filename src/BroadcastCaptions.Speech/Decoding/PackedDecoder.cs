using BroadcastCaptions.Speech.Arithmetic;

namespace BroadcastCaptions.Speech.Decoding;

/// <summary>A decoder's weights as <see cref="Rewriting.Emission.DecoderPacker"/> writes them.</summary>
internal sealed unsafe class PackedDecoder : IDisposable
{
    private readonly PackedFile _file;

    /// <summary>Maps a file.</summary>
    /// <exception cref="Failures.CaptionsException">It is missing, damaged, or something else.</exception>
    public PackedDecoder(string path) => _file = PackedFile.Open(path, Read);

    /// <summary>Its sizes.</summary>
    public DecoderSizes Sizes { get; private set; }

    /// <summary>Angles a position, of each pair that is turned.</summary>
    public float* Frequencies { get; private set; }

    /// <summary>The positions' vectors.</summary>
    public float* Positions { get; private set; }

    /// <summary>The layers, first to last.</summary>
    public PackedLayer[] Layers { get; private set; } = [];

    /// <summary>The norm before the logits.</summary>
    public PackedNorm FinalNorm { get; private set; }

    /// <summary>The last product; its rows are the tokens' vectors, too.</summary>
    public IntegerMatrix Logits { get; private set; }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Read(PackedFile file)
    {
        Sizes = file.Header<DecoderSizes>();
        if (Sizes is not { Format: DecoderSizes.Known, Layers: > 0, Heads: > 0, Width: > 0, Hidden: > 0, Vocabulary: > 0, Frequencies: >= 0, Positions: >= 0 }) throw new InvalidDataException();
        Frequencies = file.Vector(Sizes.Frequencies);
        Positions = file.Vector(Sizes.Positions * Sizes.Width);
        Layers = new PackedLayer[Sizes.Layers];
        for (var i = 0; i < Layers.Length; i++) Layers[i] = Layer(file);
        FinalNorm = Norm(file);
        Logits = file.Matrix(Sizes.Width, Sizes.Vocabulary);
    }

    private PackedLayer Layer(PackedFile file)
    {
        var width = Sizes.Width;
        return new(
            Norm(file), file.Matrix(width, 3 * width), file.Matrix(width, width),
            Norm(file), file.Matrix(width, width), file.Matrix(width, 2 * width), file.Matrix(width, width),
            Norm(file), file.Matrix(width, Sizes.Up), file.Matrix(Sizes.Hidden, width));
    }

    private PackedNorm Norm(PackedFile file)
    {
        var scale = (nint)file.Vector(Sizes.Width);
        return new(scale, Sizes.IsWhisper ? (nint)file.Vector(Sizes.Width) : 0);
    }
}
