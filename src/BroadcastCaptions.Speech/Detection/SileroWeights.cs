using BroadcastCaptions.Speech.Arithmetic;
using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Detection;

/// <summary>What Silero VAD v6 knows of sound at 16 kHz, read from the file that its authors give out, by the names that they gave its parts.</summary>
internal sealed class SileroWeights : IDisposable
{
    /// <summary>Samples of a spectrum.</summary>
    public const int Frame = 256;

    /// <summary>Numbers of a spectrum.</summary>
    public const int Bins = (Frame / 2) + 1;

    /// <summary>Width of what it remembers.</summary>
    public const int Width = 128;

    private const string Basis = "stft.forward_basis_buffer";

    private readonly Dictionary<string, OnnxTensor> _tensors;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is no ONNX file, or not Silero VAD v6.</exception>
    public SileroWeights(string path)
    {
        // One branch for 16 kHz and one for 8, whose parts have the same names.
        var branch = Graphs(OnnxReader.Read(path).Graph).FirstOrDefault(graph => Constants(graph).Any(tensor => tensor.Name == Basis && tensor.Dimensions[^1] == Frame));
        if (branch is null) throw NotSilero(Basis);
        _tensors = Constants(branch).Where(tensor => tensor.Name.Length > 0).ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        Spectrum = Convolution(Basis, 2 * Bins, 1, Frame, []);
        Encoder =
        [
            .. from layer in Enumerable.Range(0, 4)
               let name = $"encoder.{layer}.reparam_conv"
               let channels = (From: layer switch { 0 => Bins, 1 => Width, _ => Width / 2 }, To: layer is 1 or 2 ? Width / 2 : Width)
               select Convolution($"{name}.weight", channels.To, channels.From, 3, Floats($"{name}.bias", channels.To)),
        ];
        Gates = ReadGates();
        Output = Floats("decoder.decoder.2.weight", 1, Width, 1);
        OutputBias = Floats("decoder.decoder.2.bias", 1)[0];
        _tensors.Clear();
    }

    /// <summary>Real, then imaginary parts of a frame's spectrum.</summary>
    public FloatMatrix Spectrum { get; }

    /// <summary>The convolutions over three neighbours each.</summary>
    public FloatMatrix[] Encoder { get; }

    /// <summary>The recurrent layer's gates (input, forget, cell, output) of what comes in and of what it said before.</summary>
    public FloatMatrix Gates { get; }

    /// <summary>What makes a probability of what it says.</summary>
    public float[] Output { get; }

    /// <summary>Added to it.</summary>
    public float OutputBias { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Spectrum.Dispose();
        foreach (var matrix in Encoder) matrix.Dispose();
        Gates.Dispose();
    }

    private static IEnumerable<OnnxGraph> Graphs(OnnxGraph graph) =>
        graph.Nodes.SelectMany(node => node.Attributes).Select(attribute => attribute.Graph).OfType<OnnxGraph>().SelectMany(Graphs).Prepend(graph);

    private static IEnumerable<OnnxTensor> Constants(OnnxGraph graph) =>
        graph.Initializers.Concat(graph.Nodes.Select(node => node.Attribute("value")?.Tensor).OfType<OnnxTensor>());

    private static InvalidDataException NotSilero(string name) => new($"The file has no {name} as Silero VAD v6 has.");

    private FloatMatrix Convolution(string name, int outputs, int channels, int kernel, float[] bias)
    {
        var weights = Floats(name, outputs, channels, kernel);
        return new(kernel * channels, outputs, (input, output) => weights[(((output * channels) + (input % channels)) * kernel) + (input / channels)], bias);
    }

    private FloatMatrix ReadGates()
    {
        const int Count = 4 * Width;
        var (heard, said) = (Floats("decoder.rnn.weight_ih", Count, Width), Floats("decoder.rnn.weight_hh", Count, Width));
        float[] bias = [.. Floats("decoder.rnn.bias_ih", Count).Zip(Floats("decoder.rnn.bias_hh", Count), (one, other) => one + other)];
        return new(2 * Width, Count, (input, output) => input < Width ? heard[(output * Width) + input] : said[(output * Width) + input - Width], bias);
    }

    private float[] Floats(string name, params long[] shape) =>
        _tensors.TryGetValue(name, out var tensor) && tensor.Type == ElementType.Float && tensor.Dimensions.SequenceEqual(shape) ? Numbers.Floats(tensor) : throw NotSilero(name);
}
