namespace BroadcastCaptions.Obs.Text;

/// <summary>OBS's kinds of text inputs.</summary>
internal static class TextKind
{
    // Best first. GDI+ has an outline of any size; FreeType is what Linux and macOS have.
    private static readonly string[] Kinds = ["text_gdiplus", "text_ft2_source"];

    /// <summary>Is this a text input of any version?</summary>
    public static bool IsText(string kind) => Array.Exists(Kinds, name => kind.StartsWith(name, StringComparison.Ordinal));

    /// <summary>Is it the kind that Windows has?</summary>
    public static bool IsGdi(string kind) => kind.StartsWith(Kinds[0], StringComparison.Ordinal);

    /// <summary>The best of the kinds that an OBS offers, in its newest version; null where it offers no text.</summary>
    public static string? Best(IEnumerable<string> offered) => offered
        .Where(IsText)
        .OrderBy(kind => Array.FindIndex(Kinds, name => kind.StartsWith(name, StringComparison.Ordinal)))
        .ThenByDescending(Version)
        .FirstOrDefault();

    // "text_ft2_source_v2" is version 2, "text_ft2_source" version 1.
    private static int Version(string kind) =>
        kind.LastIndexOf("_v", StringComparison.Ordinal) is > 0 and var at && int.TryParse(kind[(at + 2)..], out var version) ? version : 1;
}
