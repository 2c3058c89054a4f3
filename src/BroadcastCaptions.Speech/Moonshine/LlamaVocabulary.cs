using System.Text;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Speech.Moonshine;

/// <summary>
/// The 32,000 pieces of Llama's vocabulary, which Moonshine shares. They are read out of llama-tokenizer.js, where they
/// stand as base64 of a UTF-8 text with one piece a line. Decoding only: a recogniser never needs the merges.
/// </summary>
internal sealed class LlamaVocabulary
{
    private const string Marker = "llama_vocab_base64 = \"";
    private const int FirstByte = 3; // <unk>, <s>, </s>, then <0x00> … <0xFF>
    private const int AfterBytes = FirstByte + 256;

    private readonly byte[][] _pieces;

    private LlamaVocabulary(byte[][] pieces) => _pieces = pieces;

    /// <summary>How many tokens have text.</summary>
    public int Count => _pieces.Length;

    /// <summary>Reads the vocabulary.</summary>
    /// <param name="path">llama-tokenizer.js of the npm package llama-tokenizer-js.</param>
    /// <exception cref="CaptionsException">The file holds no vocabulary.</exception>
    public static LlamaVocabulary Load(string path)
    {
        var script = File.ReadAllText(path);
        var start = script.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length;
        var end = start < Marker.Length ? -1 : script.IndexOf('"', start);
        if (end < 0) throw Broken(path);
        try
        {
            var lines = Encoding.UTF8.GetString(Convert.FromBase64String(script[start..end])).Split('\n');
            return new([.. lines.Select(Bytes)]);
        }
        catch (FormatException)
        {
            throw Broken(path);
        }
    }

    /// <summary>The text of a token as UTF-8, spaces as spaces; empty for marks and for ids without text.</summary>
    public ReadOnlySpan<byte> Piece(int token) => token >= FirstByte && token < _pieces.Length ? _pieces[token] : [];

    private static byte[] Bytes(string piece, int id) => id is >= FirstByte and < AfterBytes
        ? [(byte)(id - FirstByte)]
        : Encoding.UTF8.GetBytes(piece.Replace('\u2581', ' '));

    private static CaptionsException Broken(string path) => new(
        $"{path} holds no vocabulary.", "Run 'captions models verify', and 'captions models pull' for what it finds damaged.");
}
