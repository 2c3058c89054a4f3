using System.Globalization;

namespace BroadcastCaptions.Speech.Rewriting.Onnx;

/// <summary>The weights of an ONNX file that lie beside it: ONNX's external data.</summary>
/// <param name="model">The ONNX file; this one is called the same, with "_data" behind.</param>
internal sealed class WeightFile(string model) : IDisposable
{
    /// <summary>Bytes of a weight from which on it is worth a place of its own: a page is mapped at least.</summary>
    public const int Worthwhile = 16 * 1024;

    private const int PageSize = 4096; // a mapping begins at a page; ONNX asks for it too

    private readonly FileStream _file = File.Create(Of(model));

    /// <summary>Where a model's weights lie.</summary>
    public static string Of(string model) => $"{model}_data";

    /// <summary>Adds a weight.</summary>
    /// <returns>What the model says of it.</returns>
    public IReadOnlyList<KeyValuePair<string, string>> Add(ReadOnlyMemory<byte> weight)
    {
        var offset = (_file.Length + PageSize - 1) / PageSize * PageSize;
        _file.SetLength(offset);
        _file.Position = offset;
        _file.Write(weight.Span);
        return
        [
            new("location", Path.GetFileName(_file.Name)),
            new("offset", offset.ToString(CultureInfo.InvariantCulture)),
            new("length", weight.Length.ToString(CultureInfo.InvariantCulture)),
        ];
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
