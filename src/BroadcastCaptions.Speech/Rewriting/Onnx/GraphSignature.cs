using System.Globalization;
using BroadcastCaptions.Failures;
using Google.Protobuf;

namespace BroadcastCaptions.Speech.Rewriting.Onnx;

/// <summary>What a graph takes and gives, read without its weights: of a file of gigabytes too.</summary>
internal sealed class GraphSignature
{
    private const int Recursion = 100;
    private const uint Graph = 7, Inputs = 11, Outputs = 12; // of ModelProto; of GraphProto

    private readonly Dictionary<string, IReadOnlyList<string>> _inputs = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _outputs = [];

    private GraphSignature()
    {
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="CaptionsException">It is no ONNX file, or cut off.</exception>
    public static GraphSignature Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var stream = CodedInputStream.CreateWithLimits(file, int.MaxValue, Recursion);
            var signature = new GraphSignature();
            while (stream.ReadTag() is var tag && tag != 0)
                if (WireFormat.GetTagFieldNumber(tag) == Graph) signature.ReadGraph(stream);
                else stream.SkipLastField();
            if (signature._outputs.Count > 0) return signature;
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ArgumentException or InvalidDataException)
        {
            throw Damaged(path, e);
        }

        throw Damaged(path, null);
    }

    /// <summary>Size of an input along an axis: null where there is no such input, 0 where the graph leaves it open.</summary>
    public int? InputSize(string name, Index axis) => Size(_inputs, name, axis);

    /// <summary>Size of an output along an axis; the same.</summary>
    public int? OutputSize(string name, Index axis) => Size(_outputs, name, axis);

    private static int? Size(Dictionary<string, IReadOnlyList<string>> values, string name, Index axis)
    {
        if (!values.TryGetValue(name, out var shape)) return null;
        var at = axis.GetOffset(shape.Count);
        return at >= 0 && at < shape.Count && int.TryParse(shape[at], CultureInfo.InvariantCulture, out var size) ? size : 0;
    }

    private void ReadGraph(CodedInputStream stream)
    {
        var end = stream.ReadLength() + stream.Position;
        while (stream.Position < end && stream.ReadTag() is var tag && tag != 0)
        {
            var field = (uint)WireFormat.GetTagFieldNumber(tag);
            if (field is not (Inputs or Outputs))
            {
                stream.SkipLastField();
                continue;
            }

            var value = ValueReader.Read(new MessageReader(stream.ReadBytes().ToByteArray()));
            (field == Inputs ? _inputs : _outputs)[value.Name] = value.Shape;
        }
    }

    private static CaptionsException Damaged(string path, Exception? cause) => new(
        $"The model file {path} is not an ONNX file, or damaged.", "Copy or download it again.", inner: cause);
}
