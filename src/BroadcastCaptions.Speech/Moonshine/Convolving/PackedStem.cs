using BroadcastCaptions.Speech.Arithmetic;

namespace BroadcastCaptions.Speech.Moonshine.Convolving;

/// <summary>A stem's weights as <see cref="Rewriting.Emission.StemPacker"/> writes them.</summary>
internal sealed unsafe class PackedStem : IDisposable
{
    private readonly PackedFile _file;

    /// <summary>Maps a file.</summary>
    /// <exception cref="Failures.CaptionsException">It is missing, damaged, or something else.</exception>
    public PackedStem(string path) => _file = PackedFile.Open(path, Read);

    /// <summary>Its sizes.</summary>
    public StemSizes Sizes { get; private set; }

    /// <summary>The convolution over samples.</summary>
    public IntegerMatrix First { get; private set; }

    /// <summary>What the norm's scale multiplies each of the first's channels by.</summary>
    public float* Scale { get; private set; }

    /// <summary>The second convolution, without its bias.</summary>
    public IntegerMatrix Second { get; private set; }

    /// <summary>What the second convolution gives where all that it reads is <see cref="Scale"/>.</summary>
    public float* ScaleSums { get; private set; }

    /// <summary>What it gives where all that it reads is the norm's shift, and its bias.</summary>
    public float* ShiftSums { get; private set; }

    /// <summary>The third convolution.</summary>
    public IntegerMatrix Third { get; private set; }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Read(PackedFile file)
    {
        Sizes = file.Header<StemSizes>();
        if (!Sizes.IsSound) throw new InvalidDataException();
        First = file.Matrix(Sizes.First.Width, Sizes.First.Outputs);
        Scale = file.Vector(Sizes.First.Outputs);
        Second = file.Matrix(Sizes.Second.Width, Sizes.Second.Outputs);
        ScaleSums = file.Vector(Sizes.Second.Outputs);
        ShiftSums = file.Vector(Sizes.Second.Outputs);
        Third = file.Matrix(Sizes.Third.Width, Sizes.Third.Outputs);
    }
}
