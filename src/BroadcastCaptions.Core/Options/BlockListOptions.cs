namespace BroadcastCaptions.Options;

/// <summary>What happens to a blocked word.</summary>
public enum BlockAction
{
    /// <summary>All but its first letter become asterisks.</summary>
    Mask,

    /// <summary>It disappears.</summary>
    Drop,

    /// <summary><see cref="BlockListOptions.Replacement"/> stands in its place.</summary>
    Replace,
}

/// <summary>Words that must not appear: on by default, before every sink, partials included.</summary>
public sealed class BlockListOptions
{
    /// <summary>Is it on?</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>What happens to a blocked word.</summary>
    public BlockAction Action { get; set; } = BlockAction.Mask;

    /// <summary>What stands in a word's place with <see cref="BlockAction.Replace"/>.</summary>
    public string Replacement { get; set; } = "[…]";

    /// <summary>Languages whose lists apply.</summary>
    public IList<string> Languages { get; set; } = ["en"];

    /// <summary>More words and phrases to block.</summary>
    public IList<string> Add { get; set; } = [];

    /// <summary>Words of the list that may appear.</summary>
    public IList<string> Allow { get; set; } = [];
}
